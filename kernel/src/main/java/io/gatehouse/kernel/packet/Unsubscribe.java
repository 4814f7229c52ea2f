package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;

/**
 * UNSUBSCRIBE (MQTT 5.0 section 3.10).
 *
 * @param filters at least one
 */
public record Unsubscribe(int packetId, List<String> filters, List<UserProperty> userProperties) implements Packet {
    public Unsubscribe {
        filters = List.copyOf(filters);
        userProperties = List.copyOf(userProperties);
    }
}
