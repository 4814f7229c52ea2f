package io.gatehouse.kernel.transport.websocket;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What came of a request to become a WebSocket. */
sealed interface HandshakeResult {
    /**
     * It becomes one.
     *
     * @param peer where the request comes from
     * @param key what the client has to find in the answer
     * @param subprotocol the first of MQTT's subprotocols that the client offered
     */
    record Accepted(InetSocketAddress peer, String key, Optional<String> subprotocol) implements HandshakeResult {}

    /**
     * It does not.
     *
     * @param sentence for whoever reads the answer
     * @param header a line of the answer's head; empty for none
     */
    record Refused(HttpResponseStatus status, String sentence, String header) implements HandshakeResult {}
}
