package io.gatehouse.kernel.transport.websocket;

import io.gatehouse.kernel.config.Cidr;
import io.gatehouse.kernel.config.ListenerConfig;
import io.gatehouse.kernel.config.ListenerKind;
import io.gatehouse.kernel.config.ProxyConfig;
import io.gatehouse.kernel.fuzz.FuzzTarget;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Requests to become a WebSocket, as Netty's HTTP decoder reads them: each is accepted or refused, and nothing is thrown. */
final class HandshakeTarget implements FuzzTarget {
    private static final InetSocketAddress SENDER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    private static final String GOOD = """
            GET /mqtt HTTP/1.1
            Host: broker
            Upgrade: websocket
            Connection: keep-alive, Upgrade
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Protocol: other, mqtt
            X-Forwarded-For: 192.0.2.1:1234, [2001:db8::1]:80, 127.0.0.1

            """;

    private final ListenerConfig config;

    HandshakeTarget() {
        ListenerConfig plain = ListenerConfig.of(ListenerKind.WS, "ws.test", "127.0.0.1", 0, 10);
        ProxyConfig proxies = new ProxyConfig(
                false, Duration.ofSeconds(1), List.of(Cidr.parse("127.0.0.0/8").orElseThrow()));
        config = new ListenerConfig(
                plain.kind(),
                plain.name(),
                plain.host(),
                plain.port(),
                plain.maxConnections(),
                plain.mountpoint(),
                plain.accessRules(),
                proxies,
                plain.webSocket());
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(bytes(GOOD), bytes(GOOD.replace("Host: broker\n", "Origin: https://site\nContent-Length: 0\n")));
    }

    private static byte[] bytes(String request) {
        return request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void read(byte[] input, int choice) {
        answer(input);
    }

    @Override
    public String check(byte[] input, int choice) {
        HandshakeResult result = answer(input);
        return switch (result) {
            case null -> "incomplete";
            case HandshakeResult.Accepted accepted -> "accepted, with a subprotocol: " + accepted.subprotocol();
            case HandshakeResult.Refused refused -> {
                Objects.requireNonNull(refused.status());
                yield refused.sentence();
            }
        };
    }

    private @Nullable HandshakeResult answer(byte[] input) {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(
                new HttpDecoderConfig().setMaxInitialLineLength(2_048).setMaxHeaderSize(8_192)));
        channel.writeInbound(Unpooled.wrappedBuffer(input));
        HandshakeResult result = null;
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (result == null && message instanceof HttpRequest request) {
                result = new Handshake(config, SENDER, true).check(request);
            }
            ReferenceCountUtil.release(message);
        }
        channel.finishAndReleaseAll();
        return result;
    }

    @Override
    public String describe(int choice) {
        return "a request";
    }
}
