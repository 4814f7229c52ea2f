package io.gatehouse.kernel.session;

import io.gatehouse.kernel.store.Publication;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The retained messages that one new subscription still has to be sent. They are looked up when it is their turn, so that a client that
 * subscribes and does not read costs no more than its subscriptions.
 */
@OnLane
final class Replay {
    private final SessionSubscription subscription;
    private final Supplier<Iterator<Publication>> lookup;
    private @Nullable Iterator<Publication> retained;
    private @Nullable Delivery held;

    Replay(SessionSubscription subscription, Supplier<Iterator<Publication>> lookup) {
        this.subscription = subscription;
        this.lookup = lookup;
    }

    SessionSubscription subscription() {
        return subscription;
    }

    /** The next message that has not expired, null at the end. */
    @Nullable
    Delivery next(long nowMillis) {
        Delivery next = held == null || held.publication.isExpired(nowMillis) ? null : held;
        held = null;
        Iterator<Publication> rest = retained;
        if (rest == null) {
            rest = lookup.get();
            retained = rest;
        }
        while (next == null && rest.hasNext()) {
            Publication publication = rest.next();
            if (!publication.isExpired(nowMillis)) {
                next = new Delivery(
                        publication,
                        publication.message().qos().min(subscription.options().maximumQos()),
                        true,
                        subscription.identifiers());
            }
        }
        return next;
    }

    /** The message could not be sent: it comes first next time. */
    void putBack(Delivery delivery) {
        held = delivery;
    }
}
