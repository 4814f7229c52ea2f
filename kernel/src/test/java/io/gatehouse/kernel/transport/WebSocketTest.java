package io.gatehouse.kernel.transport;

import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.config.ListenerConfig;
import io.gatehouse.kernel.config.ListenerKind;
import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.transport.websocket.Frames;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** MQTT in frames, over real sockets. */
@Timeout(60)
class WebSocketTest {
    private static final ListenerConfig LISTENER = ListenerConfig.of(ListenerKind.WS, "ws.test", "127.0.0.1", 0, 1_000);

    private NetworkBroker broker = new NetworkBroker(TestConfigs.mqtt(20, 20, 1_000), LISTENER);

    @AfterEach
    void stop() {
        broker.close();
    }

    private void restart(MqttConfig mqtt) {
        broker.close();
        broker = new NetworkBroker(mqtt, LISTENER);
    }

    private WebSocketClient connect(String clientId) throws IOException {
        return WebSocketClient.connect(broker.address(), clientId, 0);
    }

    private static Publish publish(String text) {
        return new Publish(message("a", text, Qos.AT_LEAST_ONCE), false, 1, 0, List.of());
    }

    private static Subscribe subscribe() {
        return new Subscribe(7, List.of(Subscription.of("a", Qos.AT_LEAST_ONCE)), 0, List.of());
    }

    private static void pingPong(WebSocketClient client) throws IOException {
        client.send(new PingReq());
        client.receive(PingResp.class);
    }

    // ---- packets and frames

    @Test
    void carriesMqttOnEveryLane() throws Exception {
        for (int lane = 0; lane < broker.loops.lanes().all().size(); lane++) {
            try (WebSocketClient client = connect(broker.clientIdOfLane(lane))) {
                client.send(subscribe());
                client.receive(SubAck.class);
                client.send(publish("lane " + lane));

                List<Object> both = Arrays.asList(client.receive(), client.receive());

                assertThat(both).hasAtLeastOneElementOfType(PubAck.class);
                assertThat(both).hasAtLeastOneElementOfType(Publish.class);
            }
        }
    }

    @Test
    void takesSeveralPacketsInOneFrame() throws Exception {
        for (int lane = 0; lane < broker.loops.lanes().all().size(); lane++) {
            try (WebSocketClient client = WebSocketClient.open(broker.address())) {
                client.send(
                        WireClient.connectPacket(broker.clientIdOfLane(lane), 0),
                        subscribe(),
                        new PingReq(),
                        new PingReq());

                client.receive(ConnAck.class);
                client.receive(SubAck.class);
                client.receive(PingResp.class);
                client.receive(PingResp.class);
            }
        }
    }

    @Test
    void takesOnePacketInSeveralFramesAndMessages() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(broker.address())) {
            byte[] bytes = WireClient.encode(WireClient.connectPacket("in-parts", 0));
            client.sendFrame(Frames.FIN | Frames.BINARY, Arrays.copyOfRange(bytes, 0, 1));
            client.sendFrame(Frames.BINARY, Arrays.copyOfRange(bytes, 1, 5));
            client.sendFrame(Frames.CONTINUATION);
            client.sendFrame(Frames.FIN | Frames.PING, (byte) 42);
            assertThat(Objects.requireNonNull(client.frame()).payload()).containsExactly(42);
            client.sendFrame(Frames.FIN | Frames.CONTINUATION, Arrays.copyOfRange(bytes, 5, 9));
            client.sendFrame(Frames.FIN | Frames.BINARY, Arrays.copyOfRange(bytes, 9, bytes.length));

            assertThat(client.receive(ConnAck.class).reason()).isEqualTo(ReasonCode.SUCCESS);
        }
    }

    @Test
    void takesFramesThatArriveByteByByteAndTogetherWithTheRequest() throws Exception {
        try (WebSocketClient client = new WebSocketClient(broker.address())) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(WebSocketClient.REQUEST.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(
                    Frames.masked(Frames.FIN | Frames.BINARY, WireClient.encode(WireClient.connectPacket("slow", 0))));
            all.writeBytes(Frames.masked(Frames.FIN | Frames.BINARY, WireClient.encode(new PingReq())));
            byte[] bytes = all.toByteArray();
            int rest = bytes.length - 60;
            client.sendRaw(Arrays.copyOf(bytes, rest));
            for (int i = rest; i < bytes.length; i++) {
                client.sendRaw(new byte[] {bytes[i]});
            }

            assertThat(client.head()).startsWith("HTTP/1.1 101 ").contains("\r\nSec-WebSocket-Protocol: mqtt\r\n");
            client.receive(ConnAck.class);
            client.receive(PingResp.class);
        }
    }

    @Test
    void writesLargeMessagesAndManyInFewFrames() throws Exception {
        try (WebSocketClient client = connect("large")) {
            client.send(subscribe());
            client.receive(SubAck.class);
            String large = "x".repeat(60_000);
            client.send(publish(large));
            List<Object> both = Arrays.asList(client.receive(), client.receive());
            assertThat(both)
                    .anySatisfy(packet -> assertThat(packet)
                            .isInstanceOfSatisfying(
                                    Publish.class,
                                    publish -> assertThat(
                                                    publish.message().payload().asUtf8())
                                            .isEqualTo(large)));

            PingReq[] pings = new PingReq[200];
            Arrays.fill(pings, new PingReq());
            client.send(pings);

            int frames = 0;
            for (int answered = 0; answered < 2 * pings.length; frames++) {
                answered += Objects.requireNonNull(client.frame()).payload().length;
            }
            assertThat(frames).as("frames for 200 answers to one read").isLessThan(20);
        }
    }

    // ---- control frames

    @Test
    void pingsAreAnsweredAndKeepNoMqttClientAlive() throws Exception {
        try (WebSocketClient client = WebSocketClient.connect(broker.address(), "pinger", 1)) {
            Thread pinger = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        client.sendFrame(Frames.FIN | Frames.PING, (byte) 7);
                        Thread.sleep(100);
                    }
                } catch (IOException | InterruptedException end) {
                    // the broker has closed the connection, as it should
                }
            });
            int pongs = 0;
            WebSocketClient.Frame frame = Objects.requireNonNull(client.frame());
            for (; frame.firstByte() == (Frames.FIN | Frames.PONG); frame = Objects.requireNonNull(client.frame())) {
                assertThat(frame.payload()).containsExactly(7);
                pongs++;
            }
            pinger.interrupt();
            pinger.join();

            assertThat(pongs).isPositive();
            assertThat(frame.payload())
                    .containsExactly(WireClient.encode(new Disconnect(ReasonCode.KEEP_ALIVE_TIMEOUT)));
        }
    }

    @Test
    void aCloseFrameIsAnswered() throws Exception {
        try (WebSocketClient client = connect("polite");
                WebSocketClient silent = connect("silent")) {
            client.sendFrame(Frames.FIN | Frames.CLOSE, (byte) 0x0B, (byte) 0xB8, (byte) 'x');
            silent.sendFrame(Frames.FIN | Frames.CLOSE);

            assertThat(client.closed()).isEqualTo(3_000);
            assertThat(silent.closed()).isZero();
            await().until(() -> broker.statistics().connections() == 0);
        }
    }

    /** The DISCONNECT is read late, because the PUBLISH before it takes its time: the will must not be sent. */
    @Test
    void whatCameBeforeACloseFrameCounts() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        broker.plugins.publish(Gate.of(
                "slow",
                (client, message) -> {
                    goOn.await();
                    return Verdict.forward(message);
                },
                true));
        try (WebSocketClient watcher = connect("watcher");
                WebSocketClient client = connect("leaving")) {
            watcher.send(subscribe());
            watcher.receive(SubAck.class);
            client.sendRaw(concat(
                    Frames.masked(Frames.FIN | Frames.BINARY, WireClient.encode(publish("last words"))),
                    Frames.masked(
                            Frames.FIN | Frames.BINARY, WireClient.encode(new Disconnect(ReasonCode.SERVER_BUSY)))));
            client.sendFrame(Frames.FIN | Frames.CLOSE, (byte) 3, (byte) 0xE8);
            pingPong(watcher); // the lanes had time to read it
            assertThat(broker.statistics().connections()).isEqualTo(2);

            goOn.countDown();

            assertThat(watcher.receive(Publish.class).message().payload().asUtf8())
                    .isEqualTo("last words");
            assertThat(client.receive(PubAck.class).packetId()).isEqualTo(1);
            assertThat(Objects.requireNonNull(client.frame()).closeCode()).isEqualTo(1_000);
        }
    }

    // ---- the end

    @Test
    void endsInOrderWithMqtt() throws Exception {
        try (WebSocketClient client = connect("leaving")) {
            client.send(new Disconnect(ReasonCode.SUCCESS));

            assertThat(client.closed()).isEqualTo(1_000);
        }
        try (WebSocketClient client = connect("kicked")) {
            broker.core.broker().disconnect("kicked", ReasonCode.ADMINISTRATIVE_ACTION);

            assertThat(client.receive(Disconnect.class).reason()).isEqualTo(ReasonCode.ADMINISTRATIVE_ACTION);
            assertThat(client.closed()).isEqualTo(1_000);
        }
        try (WebSocketClient client = connect("wrong")) {
            client.sendFrame(Frames.FIN | Frames.BINARY, (byte) 0xF0, (byte) 1, (byte) 2);

            assertThat(client.receive(Disconnect.class).reason().isFailure()).isTrue();
            assertThat(client.closed()).isEqualTo(1_000);
        }
        await().until(() -> broker.statistics().connections() == 0);
    }

    @Test
    void saysThatTheBrokerStops() throws Exception {
        WebSocketClient client = connect("c");
        WebSocketClient half = new WebSocketClient(broker.address());

        broker.listeners.drain(Duration.ofSeconds(5));

        assertThat(client.receive(Disconnect.class).reason()).isEqualTo(ReasonCode.SERVER_SHUTTING_DOWN);
        assertThat(client.closed()).isEqualTo(1_001);
        assertThat(half.frame()).isNull();
    }

    @Test
    void closesOnWhatIsNoMqttInFrames() throws Exception {
        try (WebSocketClient text = connect("text");
                WebSocketClient bare = connect("bare");
                WebSocketClient large = connect("large")) {
            text.sendFrame(Frames.FIN | Frames.TEXT, (byte) 'x');
            assertThat(text.closed()).isEqualTo(1_003);

            bare.sendRaw(new byte[] {(byte) 0x82, 2, (byte) 0xC0, 0});
            assertThat(bare.closed()).isEqualTo(1_002);

            // One byte more than the largest packet (64 KiB) and what there is room for beyond it.
            large.sendRaw(new byte[] {(byte) 0x82, (byte) 0xFF, 0, 0, 0, 0, 0, 2, 0, 1});
            assertThat(large.closed()).isEqualTo(1_009);
        }
        await().until(() -> broker.statistics().connections() == 0);
    }

    @Test
    void cutsWhoDoesNotGetToItsConnectInTime() throws Exception {
        restart(TestConfigs.connectTimeout(TestConfigs.MQTT, Duration.ofSeconds(1)));
        try (WebSocketClient silent = new WebSocketClient(broker.address());
                WebSocketClient dripping = new WebSocketClient(broker.address());
                WebSocketClient idle = WebSocketClient.open(broker.address())) {
            Thread drip = Thread.ofVirtual().start(() -> {
                try {
                    for (char c : WebSocketClient.REQUEST.toCharArray()) {
                        dripping.sendRaw(new byte[] {(byte) c});
                        Thread.sleep(100);
                    }
                } catch (IOException | InterruptedException end) {
                    // closed, as it should be
                }
            });

            assertThat(silent.head()).isEmpty();
            assertThat(dripping.head()).isEmpty();
            assertThat(idle.closed()).isEqualTo(1_000);
            drip.interrupt();
            drip.join();
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
