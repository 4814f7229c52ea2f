package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.packet.UnsubAck;
import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.ArrayList;
import java.util.List;

/** UNSUBSCRIBE (MQTT 5.0 section 3.10). Nobody is asked: less is always permitted. */
@OnLane
final class UnsubscribeHandler {
    private final Subscriptions subscriptions;
    private final Durability durability;
    private final EventRelay events;

    UnsubscribeHandler(Subscriptions subscriptions, Durability durability, EventRelay events) {
        this.subscriptions = subscriptions;
        this.durability = durability;
        this.events = events;
    }

    void handle(ClientContext context, Unsubscribe packet) {
        List<ReasonCode> reasons = new ArrayList<>(packet.filters().size());
        for (String filter : packet.filters()) {
            boolean removed = subscriptions.remove(context.session(), filter);
            reasons.add(removed ? ReasonCode.SUCCESS : ReasonCode.NO_SUBSCRIPTION_EXISTED);
            if (removed) {
                events.unsubscribed(context.client(), filter);
            }
        }
        durability.whenDurable(() -> context.link.send(new UnsubAck(packet.packetId(), reasons, null, List.of())));
    }
}
