package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.routing.Router;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionSubscription;

/** Keeps a session's own list of subscriptions and the router's in step. */
@OnLane
final class Subscriptions {
    private final Router router;
    private final ExclusiveTopics exclusive = new ExclusiveTopics();
    private final Counters counters;

    Subscriptions(Router router, Counters counters) {
        this.router = router;
        this.counters = counters;
    }

    /** False when the subscription is to be an exclusive one and somebody else has its topic; asked before it is put. */
    boolean claim(SessionSubscription subscription) {
        return exclusive.claim(subscription);
    }

    /** The number of subscriptions of all sessions. */
    @AnyThread
    long total() {
        return counters.subscriptions.sum();
    }

    /** Adds a subscription or replaces the one that the client calls by the same filter; true when there was none. */
    boolean put(SessionSubscription subscription) {
        SessionSubscription old = subscription.session().subscriptions().put(subscription.asked(), subscription);
        if (old == null) {
            counters.subscriptions.increment();
            router.add(subscription);
        } else {
            router.replace(old, subscription);
            exclusive.release(old);
        }
        return old == null;
    }

    /** Removes the subscription that the client calls by this filter; false when there is none. */
    boolean remove(Session session, String filter) {
        SessionSubscription old = session.subscriptions().remove(filter);
        if (old == null) {
            return false;
        }
        counters.subscriptions.decrement();
        router.remove(old);
        exclusive.release(old);
        return true;
    }

    /** Removes a subscription if it is still in force; false when it is not. */
    @SuppressWarnings("ReferenceEquality") // subscriptions are compared by identity
    boolean remove(SessionSubscription subscription) {
        return subscription.session().subscriptions().get(subscription.asked()) == subscription
                && remove(subscription.session(), subscription.asked());
    }

    /** Removes all subscriptions of a session that ends. */
    void removeAll(Session session) {
        session.subscriptions().values().forEach(subscription -> {
            counters.subscriptions.decrement();
            router.remove(subscription);
            exclusive.release(subscription);
        });
        session.subscriptions().clear();
    }
}
