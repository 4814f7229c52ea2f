package io.gatehouse.e2e.peer;

import org.jspecify.annotations.Nullable;

/**
 * How a client connects.
 *
 * @param keepSession true to keep the session there may be, and this one for longer than any test takes
 * @param willTopic null for no will; a will is sent with QoS 1 and the payload {@code gone}
 * @param webSocket true for a WebSocket with the path {@code /mqtt}, false for TCP
 */
public record PeerSettings(
        int port,
        String clientId,
        @Nullable String username,
        @Nullable String password,
        boolean keepSession,
        @Nullable String willTopic,
        boolean webSocket) {
    /** For 5.0; older versions keep sessions as long as the broker is configured to. */
    public static final long KEPT_SECONDS = 3_600;

    public static final String WILL_PAYLOAD = "gone";

    /** The user {@code alice} with a session that ends with the connection. */
    public static PeerSettings of(int port, String clientId) {
        return new PeerSettings(port, clientId, "alice", "alice-secret", false, null, false);
    }

    public PeerSettings credentials(@Nullable String name, @Nullable String secret) {
        return new PeerSettings(port, clientId, name, secret, keepSession, willTopic, webSocket);
    }

    public PeerSettings keepingSession() {
        return new PeerSettings(port, clientId, username, password, true, willTopic, webSocket);
    }

    public PeerSettings will(String topic) {
        return new PeerSettings(port, clientId, username, password, keepSession, topic, webSocket);
    }

    public PeerSettings overWebSocket() {
        return new PeerSettings(port, clientId, username, password, keepSession, willTopic, true);
    }

    /** Where the broker is, as a URI of Paho. */
    public String uri() {
        return webSocket ? "ws://127.0.0.1:" + port + "/mqtt" : "tcp://127.0.0.1:" + port;
    }
}
