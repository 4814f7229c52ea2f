package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.ReasonCode;

/**
 * CONNACK (MQTT 5.0 section 3.2). Older versions carry only the flag and the nearest return code.
 */
public record ConnAck(boolean sessionPresent, ReasonCode reason, ConnAckProperties properties) implements Packet {}
