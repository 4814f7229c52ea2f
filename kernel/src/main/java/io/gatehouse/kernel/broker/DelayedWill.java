package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.packet.Will;

/** A will that a lost client left, with what is needed to judge it again. */
record DelayedWill(Will will, Sender sender) {}
