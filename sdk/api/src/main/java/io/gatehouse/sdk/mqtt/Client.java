package io.gatehouse.sdk.mqtt;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client as the broker knows it. Before authentication the names are what the client claims; afterwards they are what the
 * authenticator accepted.
 *
 * @param clientId the client identifier, assigned by the broker when the client sent none
 * @param username the user name, null when there is none
 * @param version the protocol version of the connection
 * @param peer the address the connection came from (of the client itself where a trusted proxy told it)
 * @param listener the configured name of the listener, such as {@code tcp.default}
 * @param certificates the verified certificate chain of a TLS client, the client's own first; empty without one
 * @param attributes what the authenticator said about the client, such as a tenant; keys and values are free
 * @param superuser true when authorization is passed over for this client
 */
public record Client(
        String clientId,
        @Nullable String username,
        MqttVersion version,
        InetSocketAddress peer,
        String listener,
        List<X509Certificate> certificates,
        Map<String, String> attributes,
        boolean superuser) {

    public Client {
        certificates = List.copyOf(certificates);
        attributes = Map.copyOf(attributes);
    }
}
