package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PUBREL (MQTT 5.0 section 3.6). Older versions carry only the packet identifier. */
public record PubRel(
        int packetId, ReasonCode reason, @Nullable String reasonString, List<UserProperty> userProperties)
        implements Packet {
    public PubRel {
        userProperties = List.copyOf(userProperties);
    }

    /** Success, with nothing to add. */
    public PubRel(int packetId) {
        this(packetId, ReasonCode.SUCCESS, null, List.of());
    }
}
