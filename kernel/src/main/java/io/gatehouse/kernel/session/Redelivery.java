package io.gatehouse.kernel.session;

import org.jspecify.annotations.Nullable;

/**
 * What was sent on earlier connections and not acknowledged, in the order in which it was first sent: due again on the present one (MQTT
 * 5.0 section 4.4). What the client acknowledges before its turn comes is passed over.
 */
@OnLane
final class Redelivery {
    private final InFlight inFlight;
    private final DeliveryRing due = new DeliveryRing();

    private Redelivery(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** Of everything in flight; null when nothing is. None of it takes a place in the window before it is sent again. */
    static @Nullable Redelivery of(InFlight inFlight) {
        if (inFlight.size() == 0) {
            return null;
        }
        Redelivery redelivery = new Redelivery(inFlight);
        for (Delivery delivery : inFlight.inOrder()) {
            delivery.counted = false;
            redelivery.due.add(delivery);
        }
        return redelivery;
    }

    /** The next one, null when nothing is left. */
    @SuppressWarnings("ReferenceEquality") // the very delivery: its identifier may be another one's by now
    @Nullable
    Delivery peek() {
        Delivery next = due.peek();
        while (next != null && inFlight.find(next.packetId) != next) {
            due.poll();
            next = due.peek();
        }
        return next;
    }

    /** The one that {@link #peek()} gave has been sent. */
    void sent() {
        due.poll();
    }
}
