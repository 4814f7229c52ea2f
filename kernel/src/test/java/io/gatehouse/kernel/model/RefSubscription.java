package io.gatehouse.kernel.model;

import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.List;

/**
 * A subscription as the model knows it.
 *
 * @param id the subscription identifier, different for each; 0 for an older client
 */
record RefSubscription(Subscription options, int id) {
    boolean isShared() {
        return Topics.isShared(options.filter());
    }

    boolean selects(String topic) {
        return Topics.selects(Topics.plain(options.filter()), topic);
    }

    Qos qosOf(RefMessage message) {
        return message.qos().min(options.maximumQos());
    }

    boolean retainOf(RefMessage message) {
        return message.retain() && options.retainAsPublished();
    }

    List<Integer> ids() {
        return id == 0 ? List.of() : List.of(id);
    }
}
