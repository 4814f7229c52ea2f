package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.List;
import java.util.stream.Stream;

/**
 * What several subscriptions of one session that select the same message amount to: the session gets it once, with the highest QoS of
 * them and all their identifiers (MQTT 5.0 section 3.3.4 allows this or one copy each).
 */
record Overlap(Qos maximumQos, boolean retainAsPublished, List<Integer> identifiers) {
    static Overlap of(SessionSubscription subscription) {
        return new Overlap(
                subscription.options().maximumQos(),
                subscription.options().retainAsPublished(),
                subscription.identifiers());
    }

    Overlap and(Overlap other) {
        return new Overlap(
                maximumQos.compareTo(other.maximumQos) >= 0 ? maximumQos : other.maximumQos,
                retainAsPublished || other.retainAsPublished,
                Stream.concat(identifiers.stream(), other.identifiers.stream()).toList());
    }
}
