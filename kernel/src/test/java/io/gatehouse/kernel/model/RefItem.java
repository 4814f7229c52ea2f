package io.gatehouse.kernel.model;

import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message that a session is owed. */
final class RefItem {
    enum Kind {
        LIVE,
        RETAINED,
        SHARED
    }

    enum State {
        QUEUED,
        SENT,
        RELEASED
    }

    final Kind kind;
    final RefMessage message;
    final Qos qos;
    final boolean retain;
    final List<Integer> ids;

    /** Of a retained message: the subscription that asked for it. */
    final @Nullable RefSubscription subscription;

    /** Of a shared message: whose turn it is if this session ends. */
    final @Nullable RefShared shared;

    State state = State.QUEUED;

    /** It may come, and need not. */
    boolean optional;

    int packetId;

    /** The order of first sending. */
    int sentAs;

    /** Sent on the present connection, so it takes a place in the window. */
    boolean counted;

    /** A PUBREL is due. */
    boolean releaseDue;

    RefItem(
            Kind kind,
            RefMessage message,
            Qos qos,
            boolean retain,
            List<Integer> ids,
            @Nullable RefSubscription subscription,
            @Nullable RefShared shared) {
        this.kind = kind;
        this.message = message;
        this.qos = qos;
        this.retain = retain;
        this.ids = ids;
        this.subscription = subscription;
        this.shared = shared;
    }

    boolean is(State other) {
        return state == other;
    }

    boolean looksLike(Publish seen, long now) {
        return seen.message().qos() == qos
                && seen.message().retain() == retain
                && seen.subscriptionIds().stream().sorted().toList().equals(ids)
                && message.looksLike(seen.message(), now);
    }

    /** Messages with the same key may not overtake each other (MQTT 5.0 section 4.6). */
    boolean isInOneOrderWith(RefItem other) {
        return kind == Kind.LIVE
                && other.kind == Kind.LIVE
                && message.publisher().equals(other.message.publisher())
                && message.topic().equals(other.message.topic())
                && qos == other.qos;
    }

    @Override
    public String toString() {
        return "message %d on %s (%s, QoS %d, ids %s, %s%s)"
                .formatted(message.number(), message.topic(), kind, qos.level(), ids, state, optional ? ", may" : "");
    }
}
