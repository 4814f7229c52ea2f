package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.ArrayList;
import java.util.List;

/**
 * What several subscriptions of one session that select the same message amount to: the session gets it once, with the highest QoS of
 * them and all their identifiers (MQTT 5.0 section 3.3.4 allows this or one copy each). There may be thousands, so each costs the same.
 */
@OnLane
final class Overlap {
    private Qos maximumQos = Qos.AT_MOST_ONCE;
    private boolean retainAsPublished;
    private List<Integer> identifiers = List.of();
    private boolean ownIdentifiers;

    void add(SessionSubscription subscription) {
        Qos qos = subscription.options().maximumQos();
        maximumQos = maximumQos.compareTo(qos) >= 0 ? maximumQos : qos;
        retainAsPublished |= subscription.options().retainAsPublished();
        List<Integer> more = subscription.identifiers();
        if (identifiers.isEmpty()) {
            identifiers = more;
        } else if (!more.isEmpty()) {
            if (!ownIdentifiers) {
                identifiers = new ArrayList<>(identifiers);
                ownIdentifiers = true;
            }
            identifiers.addAll(more);
        }
    }

    Qos maximumQos() {
        return maximumQos;
    }

    boolean retainAsPublished() {
        return retainAsPublished;
    }

    /** Not changed any more when the message is offered. */
    List<Integer> identifiers() {
        return identifiers;
    }
}
