package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * UNSUBACK (MQTT 5.0 section 3.11). Older versions carry only the packet identifier.
 *
 * @param reasons one for each filter, in their order
 */
public record UnsubAck(
        int packetId, List<ReasonCode> reasons, @Nullable String reasonString, List<UserProperty> userProperties)
        implements Packet {
    public UnsubAck {
        reasons = List.copyOf(reasons);
        userProperties = List.copyOf(userProperties);
    }
}
