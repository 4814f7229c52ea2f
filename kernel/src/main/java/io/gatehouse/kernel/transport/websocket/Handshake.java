package io.gatehouse.kernel.transport.websocket;

import io.gatehouse.kernel.config.ListenerConfig;
import io.gatehouse.kernel.transport.proxy.ForwardedFor;
import io.gatehouse.kernel.transport.websocket.HandshakeResult.Accepted;
import io.gatehouse.kernel.transport.websocket.HandshakeResult.Refused;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides whether a request may become a WebSocket (RFC 6455 section 4.2, MQTT 5.0 section 6). Each step that fails says why. */
final class Handshake {
    private static final List<String> SUBPROTOCOLS = List.of("mqtt", "mqttv3.1", "mqtt-v3", "mqtt-v3.1.1", "mqtt-v5");
    private static final AsciiString FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;

    private final ListenerConfig config;
    private final InetSocketAddress sender;
    private final boolean speaksForOthers;

    /**
     * For one request.
     *
     * @param sender who sent it
     * @param speaksForOthers whether the sender may be a proxy that says whom the request comes from
     */
    Handshake(ListenerConfig config, InetSocketAddress sender, boolean speaksForOthers) {
        this.config = config;
        this.sender = sender;
        this.speaksForOthers = speaksForOthers;
    }

    HandshakeResult check(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return unreadable(request.decoderResult().cause());
        }
        HttpHeaders headers = request.headers();
        Optional<InetSocketAddress> peer = speaksForOthers
                ? ForwardedFor.origin(headers.getAll(FORWARDED_FOR), sender, config.proxy())
                : Optional.of(sender);
        if (peer.isEmpty()) {
            return refused(HttpResponseStatus.BAD_REQUEST, "X-Forwarded-For does not end with an address");
        }
        if (!config.accessRules().permit(peer.get().getAddress())) {
            return refused(HttpResponseStatus.FORBIDDEN, "this address may not connect");
        }
        HandshakeResult problem = requestLine(request);
        problem = problem == null ? upgrade(headers) : problem;
        problem = problem == null ? origin(headers) : problem;
        problem = problem == null ? body(headers) : problem;
        if (problem != null) {
            return problem;
        }
        Optional<String> subprotocol = tokens(headers, HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)
                .filter(SUBPROTOCOLS::contains)
                .findFirst();
        if (subprotocol.isEmpty() && config.webSocket().subprotocolRequired()) {
            return refused(HttpResponseStatus.BAD_REQUEST, "a client has to offer the subprotocol mqtt");
        }
        return new Accepted(
                peer.get(), Objects.requireNonNull(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY)), subprotocol);
    }

    private static Refused unreadable(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                refused(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the request line is too long");
            case TooLongHttpHeaderException _ ->
                refused(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too large");
            case TooLongFrameException _ ->
                refused(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the request is too large");
            default -> refused(HttpResponseStatus.BAD_REQUEST, "this is not HTTP");
        };
    }

    private @Nullable Refused requestLine(HttpRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        if (!(query < 0 ? uri : uri.substring(0, query))
                .equals(config.webSocket().path())) {
            return refused(HttpResponseStatus.NOT_FOUND, "there is nothing at this path");
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return new Refused(HttpResponseStatus.METHOD_NOT_ALLOWED, "a WebSocket begins with GET", "Allow: GET");
        }
        boolean one = request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && request.headers().getAll(HttpHeaderNames.HOST).size() == 1;
        return one ? null : refused(HttpResponseStatus.BAD_REQUEST, "HTTP/1.1 with one Host is needed");
    }

    private static @Nullable Refused upgrade(HttpHeaders headers) {
        boolean asked = tokens(headers, HttpHeaderNames.UPGRADE).anyMatch("websocket"::equalsIgnoreCase)
                && tokens(headers, HttpHeaderNames.CONNECTION).anyMatch("upgrade"::equalsIgnoreCase);
        if (!asked) {
            return new Refused(
                    HttpResponseStatus.UPGRADE_REQUIRED, "only WebSocket is spoken here", "Upgrade: websocket");
        }
        if (!headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals(List.of(VERSION))) {
            return new Refused(
                    HttpResponseStatus.UPGRADE_REQUIRED,
                    "only version 13 of WebSocket is spoken here",
                    "Sec-WebSocket-Version: " + VERSION);
        }
        List<String> keys = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        return keys.size() == 1 && isKey(keys.getFirst())
                ? null
                : refused(HttpResponseStatus.BAD_REQUEST, "Sec-WebSocket-Key has to be 16 bytes in base64");
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Browsers always say from which site a page came that connects; who does not say it is no browser. */
    private @Nullable Refused origin(HttpHeaders headers) {
        List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
        boolean allowed = config.webSocket().allowedOrigins().isEmpty()
                || origins.isEmpty()
                || (origins.size() == 1 && config.webSocket().allowedOrigins().contains(origins.getFirst()));
        return allowed ? null : refused(HttpResponseStatus.FORBIDDEN, "pages of this origin may not connect");
    }

    private static @Nullable Refused body(HttpHeaders headers) {
        boolean none = !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && headers.getAll(HttpHeaderNames.CONTENT_LENGTH).stream().allMatch("0"::equals);
        return none ? null : refused(HttpResponseStatus.BAD_REQUEST, "a request for a WebSocket has no body");
    }

    private static Stream<String> tokens(HttpHeaders headers, CharSequence name) {
        return headers.getAll(name).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip);
    }

    private static Refused refused(HttpResponseStatus status, String sentence) {
        return new Refused(status, sentence, "");
    }
}
