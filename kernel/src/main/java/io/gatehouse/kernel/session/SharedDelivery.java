package io.gatehouse.kernel.session;

import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.List;

/** A delivery that the session owes as a member of a shared subscription (MQTT 5.0 section 4.8.2). */
@OnLane
final class SharedDelivery extends Delivery {
    private final Heirs heirs;

    SharedDelivery(Publication publication, Qos qos, boolean retain, List<Integer> subscriptionIds, Heirs heirs) {
        super(publication, qos, retain, subscriptionIds);
        this.heirs = heirs;
    }

    /**
     * The session has ended. What has never been sent, and what was sent with QoS 1 and not acknowledged, goes to another member; a QoS 2
     * message that this member may have received already goes to nobody ([MQTT-4.8.2-5]).
     */
    void bequeath(Lane lane, long nowMillis) {
        boolean mayGoOn = state == State.QUEUED || qos == Qos.AT_LEAST_ONCE;
        if (mayGoOn && !publication.isExpired(nowMillis)) {
            heirs.passOn(lane, publication);
        }
    }
}
