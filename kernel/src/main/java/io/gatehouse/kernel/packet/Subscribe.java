package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;

/**
 * SUBSCRIBE (MQTT 5.0 section 3.8).
 *
 * @param subscriptions at least one
 * @param subscriptionId 1 to 268,435,455, 0 when absent
 */
public record Subscribe(
        int packetId, List<Subscription> subscriptions, int subscriptionId, List<UserProperty> userProperties)
        implements Packet {
    public Subscribe {
        subscriptions = List.copyOf(subscriptions);
        userProperties = List.copyOf(userProperties);
    }
}
