package io.gatehouse.kernel.session;

import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.Locale;

/** Why a subscriber does not get a message. */
public enum DropReason {
    /** The queue of its session has no room. */
    QUEUE_FULL(ReasonCode.QUOTA_EXCEEDED),
    /** It takes no packets as large as that. */
    TOO_LARGE(ReasonCode.PACKET_TOO_LARGE),
    /** It waited for longer than its publisher wanted. */
    EXPIRED(ReasonCode.UNSPECIFIED_ERROR),
    /** It waited for a client that is disconnected because it does not read. */
    SLOW_CONSUMER(ReasonCode.QUOTA_EXCEEDED),
    /** It waited with QoS 0 for a client whose connection has ended. */
    DISCONNECTED(ReasonCode.UNSPECIFIED_ERROR),
    /** It would have to wait, and the broker has no memory to spare for messages that may be lost. */
    MEMORY(ReasonCode.QUOTA_EXCEEDED),
    /** A delivery interceptor keeps it from this client, or its mountpoint does. */
    REFUSED(ReasonCode.NOT_AUTHORIZED);

    private final ReasonCode code;

    DropReason(ReasonCode code) {
        this.code = code;
    }

    /** What listeners are told. */
    public ReasonCode code() {
        return code;
    }

    /** As operators read it: {@code queue-full}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
