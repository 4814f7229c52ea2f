package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.ReasonCode;

/**
 * Bytes that are not a packet which the other end may send (MQTT 5.0 section 4.13). The connection cannot be read any
 * further and is to be closed, after telling {@link #reason()} where the version can say it.
 *
 * <p>It has no stack trace: an attacker decides how often it is thrown. The message tells what is wrong and in which byte
 * of the packet, and never quotes what was received.
 */
public final class MalformedPacket extends Exception {
    private static final long serialVersionUID = 1L;

    private final ReasonCode reason;

    MalformedPacket(ReasonCode reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** What the other end is told: one that CONNACK may carry when the packet was a CONNECT, and DISCONNECT otherwise. */
    public ReasonCode reason() {
        return reason;
    }
}
