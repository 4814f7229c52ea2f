package io.gatehouse.authz.acl;

import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes clients and actions for tests; each {@code with} method gives a changed copy. */
public record TestClient(
        String clientId,
        @Nullable String username,
        String address,
        String listener,
        Map<String, String> attributes,
        List<X509Certificate> certificates) {

    /** The client {@code c1} of user {@code alice}, connected from 192.0.2.1 over {@code tcp.default}. */
    public static TestClient alice() {
        return new TestClient("c1", "alice", "192.0.2.1", "tcp.default", Map.of(), List.of());
    }

    public TestClient withClientId(String other) {
        return new TestClient(other, username, address, listener, attributes, certificates);
    }

    public TestClient withUsername(@Nullable String other) {
        return new TestClient(clientId, other, address, listener, attributes, certificates);
    }

    public TestClient withAddress(String other) {
        return new TestClient(clientId, username, other, listener, attributes, certificates);
    }

    public TestClient withListener(String other) {
        return new TestClient(clientId, username, address, other, attributes, certificates);
    }

    public TestClient withAttributes(Map<String, String> other) {
        return new TestClient(clientId, username, address, listener, other, certificates);
    }

    public TestClient withCertificate(X509Certificate certificate) {
        return new TestClient(clientId, username, address, listener, attributes, List.of(certificate));
    }

    /** As the broker sees it. */
    public Client client() {
        return client(false);
    }

    public Client superuser() {
        return client(true);
    }

    private Client client(boolean superuser) {
        return new Client(
                clientId,
                username,
                MqttVersion.V5,
                new InetSocketAddress(InetAddress.ofLiteral(address), 50_000),
                listener,
                certificates,
                attributes,
                superuser);
    }

    public static Action publish(String topic) {
        return new Action.Publish(topic, Qos.AT_MOST_ONCE, false);
    }

    public static Action subscribe(String filter) {
        return new Action.Subscribe(filter, Qos.AT_MOST_ONCE);
    }
}
