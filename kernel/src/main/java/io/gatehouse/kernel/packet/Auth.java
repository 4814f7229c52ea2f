package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AUTH (MQTT 5.0 section 3.15). */
public record Auth(
        ReasonCode reason,
        @Nullable String method,
        @Nullable Payload data,
        @Nullable String reasonString,
        List<UserProperty> userProperties)
        implements Packet {
    public Auth {
        userProperties = List.copyOf(userProperties);
    }
}
