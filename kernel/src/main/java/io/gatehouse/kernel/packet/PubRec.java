package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PUBREC (MQTT 5.0 section 3.5). Older versions carry only the packet identifier. */
public record PubRec(
        int packetId, ReasonCode reason, @Nullable String reasonString, List<UserProperty> userProperties)
        implements Packet {
    public PubRec {
        userProperties = List.copyOf(userProperties);
    }

    /** Success, with nothing to add. */
    public PubRec(int packetId) {
        this(packetId, ReasonCode.SUCCESS, null, List.of());
    }
}
