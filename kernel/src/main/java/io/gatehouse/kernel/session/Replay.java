package io.gatehouse.kernel.session;

import io.gatehouse.kernel.store.Publication;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The retained messages that one new subscription still has to be sent. */
@OnLane
final class Replay {
    private final Iterator<Publication> retained;
    private final SessionSubscription subscription;
    private @Nullable Delivery held;

    Replay(Iterator<Publication> retained, SessionSubscription subscription) {
        this.retained = retained;
        this.subscription = subscription;
    }

    /** The next message that has not expired, null at the end. */
    @Nullable
    Delivery next(long nowMillis) {
        Delivery next = held;
        held = null;
        while (next == null && retained.hasNext()) {
            Publication publication = retained.next();
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
