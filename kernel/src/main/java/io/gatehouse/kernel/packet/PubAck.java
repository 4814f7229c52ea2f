package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PUBACK (MQTT 5.0 section 3.4). Older versions carry only the packet identifier. */
public record PubAck(
        int packetId, ReasonCode reason, @Nullable String reasonString, List<UserProperty> userProperties)
        implements Packet {
    public PubAck {
        userProperties = List.copyOf(userProperties);
    }

    /** Success, with nothing to add. */
    public PubAck(int packetId) {
        this(packetId, ReasonCode.SUCCESS, null, List.of());
    }
}
