package io.gatehouse.kernel.session;

import io.gatehouse.kernel.store.Publication;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The retained messages that one new subscription still has to be sent. They are looked up when it is their turn, so that a client that
 * subscribes and does not read costs no more than its subscriptions.
 */
@OnLane
final class Replay {
    private final SessionSubscription subscription;
    private final RetainedMessages messages;
    private @Nullable Iterator<Publication> retained;
    private @Nullable Delivery held;

    Replay(SessionSubscription subscription, RetainedMessages messages) {
        this.subscription = subscription;
        this.messages = messages;
    }

    SessionSubscription subscription() {
        return subscription;
    }

    /** The next message that has not expired and is still its topic's, null at the end. */
    @Nullable
    Delivery next(long nowMillis) {
        Delivery next = held != null && isDue(held.publication, nowMillis) ? held : null;
        held = null;
        Iterator<Publication> rest = retained;
        if (rest == null) {
            rest = messages.find();
            retained = rest;
        }
        while (next == null && rest.hasNext()) {
            Publication publication = rest.next();
            if (isDue(publication, nowMillis)) {
                next = new Delivery(
                        publication,
                        publication.message().qos().min(subscription.options().maximumQos()),
                        true,
                        subscription.identifiers());
            }
        }
        return next;
    }

    private boolean isDue(Publication publication, long nowMillis) {
        return !publication.isExpired(nowMillis) && messages.isCurrent(publication);
    }

    /** The message could not be sent: it comes first next time. */
    void putBack(Delivery delivery) {
        held = delivery;
    }
}
