package io.gatehouse.kernel.session;

import io.gatehouse.kernel.store.Publication;
import io.gatehouse.kernel.topic.Steps;
import org.jspecify.annotations.Nullable;

/**
 * The retained messages that one new subscription still has to be sent. They are looked up when it is their turn, one after the other, so that
 * a client that subscribes and does not read costs no more than its subscriptions.
 */
@OnLane
final class Replay {
    private final SessionSubscription subscription;
    private final RetainedMessages messages;
    private @Nullable Delivery held;

    Replay(SessionSubscription subscription, RetainedMessages messages) {
        this.subscription = subscription;
        this.messages = messages;
    }

    SessionSubscription subscription() {
        return subscription;
    }

    /** The next message that has not expired and is still its topic's; null when there is none, or when no step is left. */
    @Nullable
    Delivery next(long nowMillis, Steps steps) {
        Delivery kept = held;
        held = null;
        if (kept != null && isDue(kept.publication, nowMillis)) {
            return kept;
        }
        Publication next = messages.next(nowMillis, steps);
        return next == null ? null : delivery(next);
    }

    private Delivery delivery(Publication publication) {
        return new Delivery(
                publication,
                publication.message().qos().min(subscription.options().maximumQos()),
                true,
                subscription.identifiers());
    }

    private boolean isDue(Publication publication, long nowMillis) {
        return !publication.isExpired(nowMillis) && messages.isCurrent(publication);
    }

    /** True when nothing more is to be found. */
    boolean isOver() {
        return messages.isOver();
    }

    /** The message could not be sent: it comes first next time. */
    void putBack(Delivery delivery) {
        held = delivery;
    }
}
