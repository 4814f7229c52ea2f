package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.packet.Will;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.mqtt.Client;
import java.util.List;

/** A will that a lost client left, with what is needed to judge it again. */
record DelayedWill(Will will, Client client, List<AclRule> acl) {}
