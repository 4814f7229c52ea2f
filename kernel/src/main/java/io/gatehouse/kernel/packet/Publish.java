package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.Message;
import java.util.List;

/**
 * PUBLISH (MQTT 5.0 section 3.3).
 *
 * @param message its topic is empty when only the alias was sent
 * @param packetId 1 to 65,535, 0 with QoS 0
 * @param topicAlias 0 for none
 * @param subscriptionIds only from the server, 1 to 268,435,455 each
 */
public record Publish(Message message, boolean dup, int packetId, int topicAlias, List<Integer> subscriptionIds)
        implements Packet {
    public Publish {
        subscriptionIds = List.copyOf(subscriptionIds);
    }
}
