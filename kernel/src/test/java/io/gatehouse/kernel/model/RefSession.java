package io.gatehouse.kernel.model;

import io.gatehouse.kernel.model.RefItem.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session as the model knows it, with what its client remembers. */
final class RefSession {
    static final long FOR_EVER = Long.MAX_VALUE;

    final int client;
    final String clientId;
    final boolean old;
    final int maxInflight;

    boolean connected;
    boolean stalled;
    long askedExpiry;
    long expirySeconds;
    int receiveMaximum;

    @Nullable
    RefWill will;

    /** When the session ends and when its will is due, {@link #FOR_EVER} for never. */
    long endsAt = FOR_EVER;

    long willAt = FOR_EVER;

    @Nullable
    RefWill delayedWill;

    final List<RefSubscription> subscriptions = new ArrayList<>();
    final List<RefItem> items = new ArrayList<>();

    /** Subscriptions whose retained messages may still be on their way. */
    final List<RefSubscription> replays = new ArrayList<>();

    /** QoS 2 messages that the client sent and has not released, by packet identifier. */
    final Map<Integer, RefMessage> unreleased = new LinkedHashMap<>();

    /** What the client has received and not answered. */
    final Deque<Unanswered> inbox = new ArrayDeque<>();

    int sent;

    RefSession(int client, String clientId, boolean old, int maxInflight) {
        this.client = client;
        this.clientId = clientId;
        this.old = old;
        this.maxInflight = maxInflight;
    }

    /** A will, and the number its message will have. */
    record RefWill(Action.LastWill will, int number) {}

    /**
     * What the client has to answer.
     *
     * @param release true for a PUBREL, false for a PUBLISH
     */
    record Unanswered(RefItem item, boolean release) {}

    long unacknowledged() {
        return items.stream().filter(item -> item.counted).count();
    }

    long inFlight() {
        return items.stream().filter(item -> !item.is(State.QUEUED)).count();
    }

    boolean mustSendAgain() {
        return items.stream().anyMatch(item -> item.is(State.SENT) && !item.counted);
    }

    boolean isWindowOpen() {
        return unacknowledged() < Math.min(receiveMaximum, maxInflight);
    }

    /** Nothing keeps the broker from sending a new message. */
    boolean isReady() {
        return connected && !stalled && !mustSendAgain() && isWindowOpen() && inFlight() < maxInflight;
    }

    @Nullable
    RefSubscription subscription(String filter) {
        return subscriptions.stream()
                .filter(one -> one.options().filter().equals(filter))
                .findFirst()
                .orElse(null);
    }
}
