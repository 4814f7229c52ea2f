package io.gatehouse.kernel.session;

import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    void add(SessionSubscription subscription, Supplier<Iterator<Publication>> retained) {
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

    /** All messages of all subscriptions, but those of QoS 0. */
    void drain(long nowMillis, Consumer<Delivery> taker) {
        while (!waiting.isEmpty()) {
            Delivery next = next(nowMillis);
            if (next != null && next.qos != Qos.AT_MOST_ONCE) {
                taker.accept(next);
            }
        }
    }

    private Replay first() {
        return waiting.firstEntry().getValue();
    }

    @SuppressWarnings("ReferenceEquality") // subscriptions are compared by identity
    private boolean isInForce(Replay replay) {
        return subscriptions.get(replay.subscription().asked()) == replay.subscription();
    }
}
