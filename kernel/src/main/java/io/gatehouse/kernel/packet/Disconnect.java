package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DISCONNECT (MQTT 5.0 section 3.14). Older versions carry nothing, and only clients send it.
 *
 * @param sessionExpirySeconds null when absent
 */
public record Disconnect(
        ReasonCode reason,
        @Nullable Long sessionExpirySeconds,
        @Nullable String reasonString,
        @Nullable String serverReference,
        List<UserProperty> userProperties)
        implements Packet {
    public Disconnect {
        userProperties = List.copyOf(userProperties);
    }

    /** A reason with nothing to add. */
    public Disconnect(ReasonCode reason) {
        this(reason, null, null, null, List.of());
    }
}
