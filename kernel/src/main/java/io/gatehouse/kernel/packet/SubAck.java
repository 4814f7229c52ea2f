package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SUBACK (MQTT 5.0 section 3.9). Older versions know 0, 1, 2 and, except 3.1, 0x80 only.
 *
 * @param reasons one for each filter, in their order
 */
public record SubAck(
        int packetId, List<ReasonCode> reasons, @Nullable String reasonString, List<UserProperty> userProperties)
        implements Packet {
    public SubAck {
        reasons = List.copyOf(reasons);
        userProperties = List.copyOf(userProperties);
    }
}
