package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Secret;
import org.jspecify.annotations.Nullable;

/**
 * CONNECT (MQTT 5.0 section 3.1).
 *
 * @param keepAliveSeconds 0 for none, at most 65,535
 * @param clientId empty when the client wants one assigned
 * @param password null when absent; an empty password is not null
 */
public record Connect(
        MqttVersion version,
        boolean cleanStart,
        int keepAliveSeconds,
        String clientId,
        @Nullable String username,
        @Nullable Secret password,
        @Nullable Will will,
        ConnectProperties properties)
        implements Packet {}
