package io.gatehouse.kernel.session;

import io.gatehouse.sdk.mqtt.Qos;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one session that still have to be sent retained messages, one after the other. A subscription that is no longer
 * in force is passed over.
 */
@OnLane
final class Replays {
    private final Map<String, SessionSubscription> subscriptions;
    private final LinkedHashMap<String, Replay> waiting = new LinkedHashMap<>(2);

    /** @param subscriptions those in force, by filter */
    Replays(Map<String, SessionSubscription> subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** One more; it comes after those that wait, and in the place of an earlier one for the same filter. */
    void add(SessionSubscription subscription, RetainedMessages retained) {
        waiting.remove(subscription.asked());
        waiting.put(subscription.asked(), new Replay(subscription, retained));
    }

    /** The subscription whose turn it is; null when none is left. */
    @Nullable
    SessionSubscription subscription() {
        return waiting.isEmpty() ? null : first().subscription();
    }

    /** The next message for {@link #subscription()}; null when there is none, and then it is the turn of another one. */
    @Nullable
    Delivery next(long nowMillis) {
        Replay first = first();
        Delivery next = isInForce(first) ? first.next(nowMillis) : null;
        if (next == null) {
            waiting.remove(first.subscription().asked());
        }
        return next;
    }

    /** The message could not be sent: it comes first next time. */
    void putBack(Delivery delivery) {
        first().putBack(delivery);
    }

    /**
     * Gives away what is left, but for messages of QoS 0, as long as there is room: what comes after that is not even looked up.
     *
     * @param room asked before messages of one more subscription are looked up
     * @param taker says whether it had room for the message
     */
    void drain(long nowMillis, BooleanSupplier room, Predicate<Delivery> taker) {
        Iterator<Replay> rest = waiting.values().iterator();
        while (rest.hasNext() && drain(rest.next(), nowMillis, room, taker)) {}
    }

    /** False when there is no room for more. */
    private boolean drain(Replay replay, long nowMillis, BooleanSupplier room, Predicate<Delivery> taker) {
        if (replay.subscription().options().maximumQos() == Qos.AT_MOST_ONCE || !isInForce(replay)) {
            return true;
        }
        if (!room.getAsBoolean()) {
            return false;
        }
        for (Delivery next = replay.next(nowMillis); next != null; next = replay.next(nowMillis)) {
            if (next.qos != Qos.AT_MOST_ONCE && !taker.test(next)) {
                return false;
            }
        }
        return true;
    }

    private Replay first() {
        return waiting.firstEntry().getValue();
    }

    @SuppressWarnings("ReferenceEquality") // subscriptions are compared by identity
    private boolean isInForce(Replay replay) {
        return subscriptions.get(replay.subscription().asked()) == replay.subscription();
    }
}
