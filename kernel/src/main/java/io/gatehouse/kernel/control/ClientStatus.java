package io.gatehouse.kernel.control;

import io.gatehouse.sdk.broker.SessionInfo;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.MqttVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One session as the command line shows it.
 *
 * @param username null when the client has none
 * @param version {@code 3.1}, {@code 3.1.1} or {@code 5.0}
 * @param peer {@code address:port} of the latest connection
 * @param since when the latest connection began, or ended when {@code connected} is false; ISO 8601 in UTC
 */
public record ClientStatus(
        String clientId,
        @Nullable String username,
        boolean connected,
        String version,
        String peer,
        String listener,
        boolean superuser,
        String since,
        long expirySeconds,
        int subscriptions,
        int inFlight,
        int queued) {

    static ClientStatus of(SessionInfo session) {
        Client client = session.client();
        return new ClientStatus(
                client.clientId(),
                client.username(),
                session.connected(),
                version(client.version()),
                peer(client.peer()),
                client.listener(),
                client.superuser(),
                session.since().toString(),
                session.expirySeconds(),
                session.subscriptions(),
                session.inFlight(),
                session.queued());
    }

    private static String version(MqttVersion version) {
        return switch (version) {
            case V3_1 -> "3.1";
            case V3_1_1 -> "3.1.1";
            case V5 -> "5.0";
        };
    }

    private static String peer(InetSocketAddress peer) {
        InetAddress address = peer.getAddress();
        String host = address == null ? peer.getHostString() : address.getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + peer.getPort();
    }
}
