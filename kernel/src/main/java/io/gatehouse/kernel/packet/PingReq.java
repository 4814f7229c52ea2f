package io.gatehouse.kernel.packet;

/** PINGREQ (MQTT 5.0 section 3.12). */
public record PingReq() implements Packet {}
