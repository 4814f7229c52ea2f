package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.routing.Router;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.kernel.store.RetainedStore;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The last step of every message that was admitted: retained, routed, told to the listeners. */
final class Publisher {
    private final Router router;
    private final RetainedStore retained;
    private final Durability durability;
    private final EventRelay events;
    private final BoundCounters counters;
    private final LongSupplier clock;

    Publisher(
            Router router,
            RetainedStore retained,
            Durability durability,
            EventRelay events,
            BoundCounters counters,
            LongSupplier clock) {
        this.router = router;
        this.retained = retained;
        this.durability = durability;
        this.events = events;
        this.counters = counters;
        this.clock = clock;
    }

    /** False when the message asks to be retained and there is no room for it. */
    boolean canRetain(Message message) {
        boolean can = !message.retain() || retained.hasRoomFor(message);
        if (!can) {
            counters.retainedRefused.increment();
        }
        return can;
    }

    /**
     * Publishes.
     *
     * @param publisher null when the broker or a plugin publishes
     * @param done told the outcome when what was promised is durable
     */
    @OnLane
    void publish(Lane lane, Message message, @Nullable Client publisher, Consumer<ReasonCode> done) {
        boolean expires = message.properties().expirySeconds() != MessageProperties.NO_EXPIRY;
        Publication publication = new Publication(
                message, publisher == null ? null : publisher.clientId(), expires ? clock.getAsLong() : 0);
        if (message.retain()) {
            // A copy, so that the encoded forms of this fan-out are not kept for as long as the message.
            boolean kept = retained.retain(publication.rewritten(message));
            if (!kept) {
                counters.retainedRefused.increment();
            }
        }
        if (publisher != null && events.messagesMatter()) {
            events.published(publisher, message); // before it is routed, for then it may be delivered at once
        }
        int subscriptions = router.route(lane, publication);
        durability.whenDurable(
                () -> done.accept(subscriptions == 0 ? ReasonCode.NO_MATCHING_SUBSCRIBERS : ReasonCode.SUCCESS));
    }
}
