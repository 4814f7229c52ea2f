package io.gatehouse.kernel.packet;

/** PINGRESP (MQTT 5.0 section 3.13). */
public record PingResp() implements Packet {}
