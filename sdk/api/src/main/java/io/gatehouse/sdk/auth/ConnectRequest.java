package io.gatehouse.sdk.auth;

import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CONNECT packet before anybody has decided about it (MQTT 5.0 section 3.1).
 *
 * @param client who the client claims to be
 * @param password the password field, null when absent; an empty password is not null
 * @param cleanStart true when the client asks for a fresh session
 * @param sessionExpirySeconds how long the session shall live after the connection, 0 to 4,294,967,295 (which means for ever)
 * @param will the message to publish when the client is lost, null when absent
 * @param userProperties of the CONNECT packet, in order
 */
public record ConnectRequest(
        Client client,
        @Nullable Secret password,
        boolean cleanStart,
        long sessionExpirySeconds,
        @Nullable Message will,
        List<UserProperty> userProperties) {

    public ConnectRequest {
        userProperties = List.copyOf(userProperties);
    }
}
