package io.gatehouse.kernel.config;

import java.util.Set;

/**
 * What the handshake of a WebSocket listener asks for.
 *
 * @param path the path of the request, such as {@code /mqtt}
 * @param subprotocolRequired whether a client that offers none of MQTT's subprotocols is refused
 * @param allowedOrigins the web sites whose pages may connect, such as {@code https://app.example.org}; empty for any. Requests without
 *     an origin do not come from a web page and are not concerned
 */
public record WebSocketConfig(String path, boolean subprotocolRequired, Set<String> allowedOrigins) {
    /** What holds for what is not configured. */
    public static final WebSocketConfig DEFAULT = new WebSocketConfig("/mqtt", true, Set.of());

    public WebSocketConfig {
        allowedOrigins = Set.copyOf(allowedOrigins);
    }
}
