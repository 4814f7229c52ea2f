package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.ListenerConfig;
import io.gatehouse.kernel.config.ListenerKind;
import io.gatehouse.kernel.config.WebSocketConfig;
import io.gatehouse.kernel.fakes.TestConfigs;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who becomes a WebSocket and who does not, over real sockets. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandshakeTest {
    private static final ListenerConfig LISTENER = ListenerConfig.of(ListenerKind.WS, "ws.test", "127.0.0.1", 0, 1_000);

    private final NetworkBroker strict = new NetworkBroker(
            TestConfigs.MQTT,
            LISTENER.withWebSocket(new WebSocketConfig("/mqtt", true, Set.of("https://app.example.org"))));
    private NetworkBroker lenient;

    @BeforeAll
    void start() {
        lenient = new NetworkBroker(
                TestConfigs.MQTT, LISTENER.withWebSocket(new WebSocketConfig("/iot", false, Set.of())));
    }

    @AfterAll
    void stop() {
        strict.close();
        lenient.close();
    }

    private static String answer(NetworkBroker broker, String request) throws IOException {
        try (WebSocketClient client = new WebSocketClient(broker.address())) {
            return client.handshake(request);
        }
    }

    private String strictly(String request) throws IOException {
        return answer(strict, request);
    }

    /** The request that is accepted, with one thing changed. */
    private String with(String what, String instead) throws IOException {
        assertThat(WebSocketClient.REQUEST).contains(what);
        return strictly(WebSocketClient.REQUEST.replace(what, instead));
    }

    @Test
    void answersAsTheRfcSays() throws Exception {
        assertThat(strictly(WebSocketClient.REQUEST)).isEqualTo("""
                        HTTP/1.1 101 Switching Protocols
                        Upgrade: websocket
                        Connection: Upgrade
                        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
                        Sec-WebSocket-Protocol: mqtt

                        """.replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mqtt|mqtt",
                "mqttv3.1|mqttv3.1",
                "mqtt-v3|mqtt-v3",
                "mqtt-v3.1.1|mqtt-v3.1.1",
                "mqtt-v5|mqtt-v5",
                "chat, mqttv3.1,mqtt|mqttv3.1"
            })
    void choosesTheFirstSubprotocolThatIsOneOfMqtt(String offered, String chosen) throws Exception {
        assertThat(with("Protocol: mqtt", "Protocol: " + offered))
                .contains("101 ")
                .contains("\r\nSec-WebSocket-Protocol: " + chosen + "\r\n");
    }

    @Test
    void takesSubprotocolsInSeveralHeaders() throws Exception {
        assertThat(with("Protocol: mqtt", "Protocol: chat\nSec-WebSocket-Protocol: mqtt-v5"))
                .contains("\r\nSec-WebSocket-Protocol: mqtt-v5\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-WebSocket-Protocol: MQTT", "Sec-WebSocket-Protocol: chat", "X-Nothing: x"})
    void refusesAClientWithoutSubprotocol(String header) throws Exception {
        assertThat(with("Sec-WebSocket-Protocol: mqtt", header)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void takesAClientWithoutSubprotocolWhereThatIsConfigured() throws Exception {
        assertThat(answer(
                        lenient,
                        WebSocketClient.REQUEST
                                .replace("/mqtt ", "/iot?x=y ")
                                .replace("Sec-WebSocket-Protocol: mqtt\n", "")))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContain("Sec-WebSocket-Protocol");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /mqtt |GET /|404",
                "GET /mqtt |GET /mqtt/ |404",
                "GET /mqtt |GET /MQTT |404",
                "GET /mqtt |POST /mqtt |405",
                "GET /mqtt |HEAD /mqtt |405",
                "HTTP/1.1|HTTP/1.0|400",
                "HTTP/1.1|HTTP/2.0|400",
                "Host: broker.example.org|X-Host: x|400",
                "Upgrade: websocket|Upgrade: h2c|426",
                "Connection: keep-alive, Upgrade|Connection: keep-alive|426",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 8|426",
                "Sec-WebSocket-Version: 13|X-None: 13|426",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Key: dGhl|400",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Key: !!|400",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|X-None: x|400",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 13\\nContent-Length: 5|400",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 13\\nTransfer-Encoding: chunked|400",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 13\\nOrigin: https://evil.example.org|403",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 13\\nOrigin: null|403",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 13\\nOrigin: https://app.example.org.evil.org|403",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 13\\nOrigin: https://app.example.org|101"
            })
    void answersEachMistake(String what, String instead, int status) throws Exception {
        assertThat(with(what, instead.replace("\\n", "\n"))).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void saysWhatItTakesInstead() throws Exception {
        assertThat(with("GET ", "PUT ")).contains("\r\nAllow: GET\r\n");
        assertThat(with("Upgrade: websocket", "X: y")).contains("\r\nUpgrade: websocket\r\n");
        assertThat(with("Version: 13", "Version: 12")).contains("\r\nSec-WebSocket-Version: 13\r\n");
    }

    @Test
    void answersWhatIsNoHttp() throws Exception {
        assertThat(strictly("\u0010\u000c\u0000\u0004MQTT\n\n")).startsWith("HTTP/1.1 400 ");
        assertThat(strictly("GET\n\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void boundsTheRequest() throws Exception {
        assertThat(with("GET /mqtt", "GET /mqtt?" + "x".repeat(3_000))).startsWith("HTTP/1.1 414 ");
        assertThat(with("Host: ", "X-Large: " + "x".repeat(9_000) + "\nHost: ")).startsWith("HTTP/1.1 431 ");
        assertThat(with("Host: ", "X: y\n".repeat(3_000) + "Host: ")).startsWith("HTTP/1.1 431 ");
    }
}
