package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.ConnAckProperties;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CONNACK for a client that is let in: what differs from what it asked for, and what it may expect (MQTT 5.0 section 3.2.2.3). */
final class ConnAcks {
    private ConnAcks() {}

    static ConnAck accepted(
            ClientContext context, boolean sessionPresent, Payload authenticationData, MqttConfig mqtt) {
        Connect connect = context.connect();
        String method = connect.properties().authenticationMethod();
        int keepAlive = keepAliveSeconds(connect, mqtt);
        long expiry = context.life().expirySeconds;
        String requestedId = connect.clientId();
        String clientId = context.client().clientId();
        return new ConnAck(
                sessionPresent,
                ReasonCode.SUCCESS,
                new ConnAckProperties(
                        expiry == connect.properties().sessionExpirySeconds() ? null : Long.valueOf(expiry),
                        mqtt.receiveMaximum(),
                        Qos.EXACTLY_ONCE,
                        isRetainAvailable(mqtt),
                        mqtt.maxPacketSize(),
                        requestedId.equals(clientId) ? null : clientId,
                        mqtt.topicAliasMaximum(),
                        null,
                        List.of(),
                        true,
                        true,
                        true,
                        keepAlive == connect.keepAliveSeconds() ? null : Integer.valueOf(keepAlive),
                        null,
                        null,
                        method,
                        data(method, authenticationData)));
    }

    /** The keep alive in force, in seconds: the client's own unless the configuration demands a shorter one. */
    static int keepAliveSeconds(Connect connect, MqttConfig mqtt) {
        int most = (int) mqtt.maxKeepAlive().toSeconds();
        int asked = connect.keepAliveSeconds();
        return most > 0 && (asked == 0 || asked > most) ? most : asked;
    }

    /** Retained messages are not there at all when none may be kept. */
    static boolean isRetainAvailable(MqttConfig mqtt) {
        return mqtt.maxRetained() > 0;
    }

    private static @Nullable Payload data(@Nullable String method, Payload data) {
        return method == null || data.isEmpty() ? null : data;
    }
}
