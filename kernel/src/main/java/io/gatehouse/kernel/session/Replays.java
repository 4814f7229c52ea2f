package io.gatehouse.kernel.session;

import io.gatehouse.sdk.mqtt.Qos;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one session that still have to be sent retained messages, one after the other. A subscription that is no longer
 * in force is passed over. When the lane has no time left for a search, all of them rest until it has.
 */
@OnLane
final class Replays {
    private final Map<String, SessionSubscription> subscriptions;
    private final Portions portions;
    private final Runnable goOn;
    private final LinkedHashMap<String, Replay> waiting = new LinkedHashMap<>(2);
    private boolean resting;

    /**
     * None yet.
     *
     * @param subscriptions those in force, by filter
     * @param portions of the session's lane
     * @param goOn called when they have rested
     */
    Replays(Map<String, SessionSubscription> subscriptions, Portions portions, Runnable goOn) {
        this.subscriptions = subscriptions;
        this.portions = portions;
        this.goOn = goOn;
    }

    /** One more; it comes after those that wait, and in the place of an earlier one for the same filter. */
    void add(SessionSubscription subscription, RetainedMessages retained) {
        waiting.remove(subscription.asked());
        waiting.put(subscription.asked(), new Replay(subscription, retained));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The subscription whose turn it is; null when none is left, or when they rest. */
    @Nullable
    SessionSubscription subscription() {
        return resting || waiting.isEmpty() ? null : first().subscription();
    }

    /** The next message for {@link #subscription()}; null when there is none, and then it is the turn of another one, or they rest. */
    @Nullable
    Delivery next(long nowMillis) {
        Replay first = first();
        boolean inForce = isInForce(first);
        Delivery next = inForce ? first.next(nowMillis, portions) : null;
        if (next == null && inForce && !first.isOver()) {
            rest();
        } else if (next == null) {
            waiting.remove(first.subscription().asked());
        }
        return next;
    }

    private void rest() {
        resting = true;
        portions.whenRenewed(() -> {
            resting = false;
            goOn.run();
        });
    }

    /** The message could not be sent: it comes first next time. */
    void putBack(Delivery delivery) {
        first().putBack(delivery);
    }

    /** The connection has gone, and with it what would have been sent with QoS 0. */
    void forgetQos0() {
        waiting.values().removeIf(replay -> replay.subscription().options().maximumQos() == Qos.AT_MOST_ONCE);
    }

    private Replay first() {
        return waiting.firstEntry().getValue();
    }

    @SuppressWarnings("ReferenceEquality") // subscriptions are compared by identity
    private boolean isInForce(Replay replay) {
        return subscriptions.get(replay.subscription().asked()) == replay.subscription();
    }
}
