package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.config.AccessRule;
import io.gatehouse.kernel.config.AccessRules;
import io.gatehouse.kernel.config.Cidr;
import io.gatehouse.kernel.config.ListenerConfig;
import io.gatehouse.kernel.config.ListenerKind;
import io.gatehouse.kernel.config.ProxyConfig;
import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.sdk.auth.AuthResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a connection comes from, and whether it may connect, over real sockets. */
@Timeout(60)
class EntranceTest {
    private static final ListenerConfig TCP = ListenerConfig.of(ListenerKind.TCP, "tcp.test", "127.0.0.1", 0, 1_000);
    private static final ListenerConfig WS = ListenerConfig.of(ListenerKind.WS, "ws.test", "127.0.0.1", 0, 1_000);
    private static final Cidr LOOPBACK = Cidr.parse("127.0.0.0/8").orElseThrow();
    private static final Cidr ELSEWHERE = Cidr.parse("10.0.0.0/8").orElseThrow();

    private final BlockingQueue<InetSocketAddress> seen = new LinkedBlockingQueue<>();
    private @Nullable NetworkBroker broker;

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private NetworkBroker start(ListenerConfig listener) {
        // Longer than the test has patience: what closes a connection is not that its CONNECT is late.
        NetworkBroker started =
                new NetworkBroker(TestConfigs.connectTimeout(TestConfigs.MQTT, Duration.ofMinutes(5)), listener);
        broker = started;
        started.plugins.authenticator(request -> {
            seen.add(request.client().peer());
            return AuthResult.accept();
        });
        return started;
    }

    private static ProxyConfig proxies(boolean protocol, Cidr... trusted) {
        return new ProxyConfig(protocol, Duration.ofMillis(500), List.of(trusted));
    }

    private static AccessRules only(String block) {
        return new AccessRules(List.of(new AccessRule(true, Cidr.parse(block))));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void greet(WireClient client) throws IOException {
        client.send(WireClient.connectPacket("c", 0), new PingReq());
        client.receive(ConnAck.class);
        client.receive(PingResp.class);
    }

    private InetSocketAddress peer() throws InterruptedException {
        return Optional.ofNullable(seen.poll(20, TimeUnit.SECONDS)).orElseThrow();
    }

    // ---- the PROXY protocol

    @Test
    void aModuleSeesWhomTheProxySpeaksFor() throws Exception {
        NetworkBroker started = start(TCP.withProxy(proxies(true, LOOPBACK)));
        try (WireClient client = started.open()) {
            client.sendRaw(ascii("PROXY TCP4 192.0.2.1 198.51.100.2 56324 1883\r\n"));
            greet(client);
        }

        assertThat(peer()).isEqualTo(new InetSocketAddress("192.0.2.1", 56324));
        assertThat(started.core.bounds().get().proxyHeadersRefused()).isZero();
    }

    @Test
    void takesTheHeaderInPartsAndTogetherWithWhatFollows() throws Exception {
        NetworkBroker started = start(TCP.withProxy(proxies(true, LOOPBACK)));
        byte[] header = ascii("PROXY TCP6 2001:db8::1 2001:db8::2 1 1883\r\n");
        byte[] connect = WireClient.encode(WireClient.connectPacket("c", 0));
        byte[] all = new byte[header.length + connect.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(connect, 0, all, header.length, connect.length);
        for (int cut : new int[] {1, 6, header.length - 1, header.length, header.length + 3}) {
            try (WireClient client = started.open()) {
                client.sendRaw(Arrays.copyOf(all, cut));
                Thread.sleep(5); // so that it is likely to be read by itself; the outcome is the same
                client.sendRaw(Arrays.copyOfRange(all, cut, all.length));
                client.receive(ConnAck.class);
                client.ping();
            }
            assertThat(peer()).isEqualTo(new InetSocketAddress("2001:db8::1", 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN\r\n", "\r\n\r\n\0\r\nQUIT\n \0\0\0"})
    void aProxyMaySpeakForItself(String header) throws Exception {
        NetworkBroker started = start(TCP.withProxy(proxies(true, LOOPBACK)));
        try (WireClient client = started.open()) {
            client.sendRaw(ascii(header));
            greet(client);
        }

        assertThat(peer().getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void closesOnAStrangerThatClaimsToBeAProxy() throws Exception {
        NetworkBroker started = start(TCP.withProxy(proxies(true, ELSEWHERE)));
        try (WireClient client = started.open()) {
            assertThat(ended(client, "PROXY TCP4 192.0.2.1 198.51.100.2 56324 1883\r\n"))
                    .isTrue();
        }
        assertThat(started.statistics().connections()).isZero();
        assertThat(started.core.bounds().get().proxyHeadersRefused()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY TCP4 nonsense\r\n", "GET / HTTP/1.1\r\n", "\u0010\u000c\0\u0004MQTT", "PROXY ", ""})
    void closesWithoutAWordWhenTheHeaderIsMalformedOrLate(String header) throws Exception {
        NetworkBroker started = start(TCP.withProxy(proxies(true, LOOPBACK)));
        try (WireClient client = started.open()) {
            assertThat(ended(client, header)).isTrue();
        }
        assertThat(started.core.bounds().get().proxyHeadersRefused()).isEqualTo(1);
    }

    @Test
    void withoutTheProxyProtocolAHeaderIsNoMqtt() throws Exception {
        NetworkBroker started = start(TCP.withProxy(proxies(false, LOOPBACK)));
        try (WireClient client = started.open()) {
            assertThat(ended(client, "PROXY TCP4 192.0.2.1 198.51.100.2 56324 1883\r\n".repeat(3)))
                    .isTrue();
        }
        assertThat(seen).isEmpty();
    }

    /** True when the broker closes the connection and sends nothing. */
    private static boolean ended(WireClient client, String bytes) throws IOException {
        try {
            client.sendRaw(ascii(bytes));
            return client.receive() == null;
        } catch (SocketException reset) {
            return true;
        }
    }

    // ---- access rules

    @ParameterizedTest
    @CsvSource({"TCP,192.0.2.0/24,true", "TCP,127.0.0.0/8,false", "WS,192.0.2.0/24,true", "WS,127.0.0.0/8,false"})
    void rulesAreAboutWhomTheProxySpeaksFor(ListenerKind kind, String allowed, boolean enters) throws Exception {
        ListenerConfig listener = kind == ListenerKind.TCP ? TCP : WS;
        NetworkBroker started =
                start(listener.withProxy(proxies(true, LOOPBACK)).withAccessRules(only(allowed)));
        try (WebSocketClient client = new WebSocketClient(started.address())) {
            client.sendRaw(ascii("PROXY TCP4 192.0.2.1 198.51.100.2 56324 1883\r\n"));
            if (kind == ListenerKind.WS) {
                assertThat(client.handshake(WebSocketClient.REQUEST)).startsWith(enters ? "HTTP/1.1 101 " : "");
                assertThat(enters || client.frame() == null).isTrue();
            } else {
                client.sendRaw(WireClient.encode(WireClient.connectPacket("c", 0)));
                assertThat(client.frame() != null).isEqualTo(enters);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TCP,127.0.0.1,true", "TCP,10.0.0.0/8,false", "WS,127.0.0.1,true", "WS,10.0.0.0/8,false"})
    void whoMayNotConnectIsNotRead(ListenerKind kind, String allowed, boolean enters) throws Exception {
        ListenerConfig listener = kind == ListenerKind.TCP ? TCP : WS;
        NetworkBroker started = start(listener.withAccessRules(only(allowed)));
        if (kind == ListenerKind.WS) {
            try (WebSocketClient client = new WebSocketClient(started.address())) {
                assertThat(enters ? client.handshake(WebSocketClient.REQUEST) : client.head())
                        .startsWith(enters ? "HTTP/1.1 101 " : "")
                        .matches(head -> enters || head.isEmpty());
            }
        } else {
            try (WireClient client = started.open()) {
                if (enters) {
                    greet(client);
                } else {
                    assertThat(client.receive()).isNull();
                }
            }
        }
    }

    @Test
    void newRulesAreForNewConnections() throws Exception {
        NetworkBroker started = start(TCP);
        try (WireClient before = started.connect("before")) {
            started.listeners.apply(Map.of("tcp.test", TCP.withAccessRules(only("10.0.0.0/8"))));

            assertThat(started.open().receive()).isNull();
            before.ping();

            started.listeners.apply(Map.of("tcp.test", TCP.withAccessRules(only("127.0.0.0/8"))));
            started.connect("after").close();
        }
        await().until(() -> started.statistics().connections() == 0);
    }

    /** Such as from the loopback address to all of them, with the same port. */
    @Test
    void aListenerMovesToAnAddressThatOverlapsWithItsOwn() throws Exception {
        int port = freePort();
        NetworkBroker started = start(ListenerConfig.of(ListenerKind.TCP, "tcp.test", "127.0.0.1", port, 10));
        try (WireClient before = started.connect("before")) {
            assertThat(started.listeners.apply(
                            Map.of("tcp.test", ListenerConfig.of(ListenerKind.TCP, "tcp.test", "0.0.0.0", port, 10))))
                    .isEmpty();
            before.ping();
            try (WireClient after = new WireClient(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), port))) {
                after.connect("after", 0);
            }
        }
    }

    @Test
    void aListenerThatCannotMoveStaysWhereItIs() throws Exception {
        int port = freePort();
        NetworkBroker started = start(ListenerConfig.of(ListenerKind.TCP, "tcp.test", "127.0.0.1", port, 10));
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.3"))) {
            assertThat(other.isBound()).isTrue();
            assertThat(started.listeners.apply(
                            Map.of("tcp.test", ListenerConfig.of(ListenerKind.TCP, "tcp.test", "0.0.0.0", port, 10))))
                    .hasSize(1);
            assertThat(started.address()).isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            started.connect("after").close();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return any.getLocalPort();
        }
    }

    // ---- X-Forwarded-For

    private static String forwarded(String header) {
        return WebSocketClient.REQUEST.replace("Host:", "X-Forwarded-For: " + header + "\nHost:");
    }

    @Test
    void aModuleSeesWhomATrustedProxyForwards() throws Exception {
        NetworkBroker started = start(WS.withProxy(proxies(false, LOOPBACK)).withAccessRules(only("192.0.2.0/24")));
        try (WebSocketClient client = new WebSocketClient(started.address())) {
            assertThat(client.handshake(forwarded("6.6.6.6, 192.0.2.7"))).startsWith("HTTP/1.1 101 ");
            client.send(WireClient.connectPacket("c", 0));
            client.receive(ConnAck.class);
        }

        assertThat(peer()).isEqualTo(new InetSocketAddress("192.0.2.7", 0));
    }

    @Test
    void rulesAreAboutWhomATrustedProxyForwards() throws Exception {
        NetworkBroker started = start(WS.withProxy(proxies(false, LOOPBACK)).withAccessRules(only("192.0.2.0/24")));
        try (WebSocketClient client = new WebSocketClient(started.address());
                WebSocketClient proxy = new WebSocketClient(started.address());
                WebSocketClient odd = new WebSocketClient(started.address())) {
            assertThat(client.handshake(forwarded("192.0.2.7, 203.0.113.9"))).startsWith("HTTP/1.1 403 ");
            assertThat(proxy.handshake(WebSocketClient.REQUEST)).startsWith("HTTP/1.1 403 ");
            assertThat(odd.handshake(forwarded("192.0.2.7, unknown"))).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void nobodyElseMayForward() throws Exception {
        NetworkBroker started = start(WS.withProxy(proxies(false, ELSEWHERE)));
        try (WebSocketClient client = new WebSocketClient(started.address())) {
            assertThat(client.handshake(forwarded("192.0.2.7"))).startsWith("HTTP/1.1 101 ");
            client.send(WireClient.connectPacket("c", 0));
            client.receive(ConnAck.class);
        }

        assertThat(peer().getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void aProxyThatNamesNobodyIsNotAskedAgain() throws Exception {
        NetworkBroker started = start(WS.withProxy(proxies(true, LOOPBACK)));
        try (WebSocketClient client = new WebSocketClient(started.address())) {
            client.sendRaw(ascii("PROXY UNKNOWN\r\n"));
            assertThat(client.handshake(forwarded("192.0.2.7"))).startsWith("HTTP/1.1 101 ");
            client.send(WireClient.connectPacket("c", 0));
            client.receive(ConnAck.class);
        }

        assertThat(peer().getAddress().isLoopbackAddress()).isTrue();
    }
}
