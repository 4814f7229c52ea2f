package io.gatehouse.kernel.transport;

import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections over real sockets: moving between lanes, time-outs, clients that do not read. */
@Timeout(60)
class ConnectionTest {
    private NetworkBroker broker = new NetworkBroker();

    @AfterEach
    void stop() {
        broker.close();
    }

    private void restart(MqttConfig mqtt, int maxConnections) {
        broker.close();
        broker = new NetworkBroker(mqtt, maxConnections);
    }

    private static Publish publish(String topic, String text, int packetId) {
        return new Publish(
                message(topic, text, packetId == 0 ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE),
                false,
                packetId,
                0,
                List.of());
    }

    @Test
    void movesEveryConnectionToTheLaneOfItsClient() throws Exception {
        List<WireClient> clients = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            WireClient client = broker.connect("c" + i);
            client.subscribe("all", Qos.AT_LEAST_ONCE);
            clients.add(client);
        }

        clients.getFirst().send(publish("all", "m", 1));

        for (WireClient client : clients) {
            if (client == clients.getFirst()) {
                List<Object> both = Arrays.asList(client.receive(), client.receive());
                assertThat(both).hasAtLeastOneElementOfType(PubAck.class);
                assertThat(both).hasAtLeastOneElementOfType(Publish.class);
            } else {
                assertThat(client.receive(Publish.class).message().payload().asUtf8())
                        .isEqualTo("m");
            }
            client.ping();
        }
        assertThat(broker.statistics().connections()).isEqualTo(30);
        for (WireClient client : clients) {
            client.close();
        }
        await().until(() -> broker.statistics().connections() == 0);
    }

    @Test
    void putsPacketsOfAllSizesTogetherHoweverTheyArrive() throws Exception {
        Random random = new Random(7);
        WireClient subscriber = broker.connect("subscriber");
        subscriber.subscribe("t", Qos.AT_MOST_ONCE);
        WireClient publisher = broker.connect("publisher");
        List<String> sent = new ArrayList<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 60; i++) {
            sent.add(Character.toString('a' + i % 26).repeat(random.nextInt(1 << random.nextInt(16))));
            all.writeBytes(WireClient.encode(publish("t", sent.get(i), 0)));
        }
        byte[] bytes = all.toByteArray();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(1 << random.nextInt(17)));
            publisher.sendRaw(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        for (String text : sent) {
            assertThat(subscriber.receive(Publish.class).message().payload().asUtf8())
                    .isEqualTo(text);
        }
    }

    /** MQTT-3.1.2-24: not even a refusal may be larger, and a CONNACK with a reason has five bytes. */
    @ParameterizedTest
    @CsvSource({"4, false", "5, true"})
    void isRefusedWithoutAWordWhenTheWordWouldBeTooLarge(int maximumPacketSize, boolean told) throws Exception {
        broker.plugins.authenticator(request -> AuthResult.reject("on purpose"));
        try (WireClient client = broker.open()) {
            client.send(new Connect(
                    MqttVersion.V5,
                    true,
                    0,
                    "c",
                    null,
                    null,
                    null,
                    new ConnectProperties(0, 10, maximumPacketSize, 0, false, true, List.of(), null, null)));

            assertThat(client.receive() != null).isEqualTo(told);
        }
    }

    @Test
    void handlesWhatWasSentBehindTheConnectAfterTheMove() throws Exception {
        for (int lane = 0; lane < broker.loops.lanes().all().size(); lane++) {
            try (WireClient client = broker.open()) {
                client.send(
                        WireClient.connectPacket(broker.clientIdOfLane(lane), 0),
                        new Subscribe(7, List.of(Subscription.of("a", Qos.AT_MOST_ONCE)), 0, List.of()),
                        publish("a", "m", 0),
                        new PingReq());

                assertThat(client.receive()).isInstanceOf(ConnAck.class);
                assertThat(client.receive()).isInstanceOf(SubAck.class);
                assertThat(client.receive(Publish.class).message().topic()).isEqualTo("a");
            }
        }
    }

    @Test
    void forgetsClientsThatGoDuringAuthentication() throws Exception {
        int clients = 20;
        CountDownLatch asked = new CountDownLatch(clients);
        CountDownLatch goOn = new CountDownLatch(1);
        broker.plugins.authenticator(request -> {
            asked.countDown();
            goOn.await();
            return AuthResult.accept();
        });
        for (int i = 0; i < clients; i++) {
            WireClient client = broker.open();
            client.send(WireClient.connectPacket("c" + i, 0), new PingReq());
            client.close();
        }
        asked.await();
        goOn.countDown();

        await().until(() -> broker.plugins.leases() == 0);
        await().until(() ->
                broker.statistics().connections() == 0 && broker.statistics().sessions() == 0);
    }

    @Test
    void refusesConnectionsBeyondTheLimit() throws Exception {
        // Longer than the test has patience: what closes the second connection is the limit.
        restart(TestConfigs.connectTimeout(TestConfigs.MQTT, Duration.ofMinutes(5)), 1);
        WireClient first = broker.connect("first");

        assertThat(broker.open().receive()).isNull();

        first.ping();
        first.close();
        await().until(() -> broker.statistics().connections() == 0);
        await().ignoreExceptions().until(() -> broker.connect("second") != null);
    }

    // ---- time

    @Test
    void cutsAConnectionThatDoesNotCompleteItsConnect() throws Exception {
        restart(TestConfigs.connectTimeout(TestConfigs.MQTT, Duration.ofSeconds(1)), 10);
        WireClient silent = broker.open();
        WireClient slow = broker.open();
        slow.sendRaw(new byte[] {0x10});

        assertThat(silent.receive()).isNull();
        assertThat(slow.receive()).isNull();
    }

    @Test
    void doesNotCountTheTimeThatAuthenticationTakes() throws Exception {
        restart(TestConfigs.connectTimeout(TestConfigs.MQTT, Duration.ofSeconds(1)), 10);
        CountDownLatch goOn = new CountDownLatch(1);
        broker.plugins.authenticator(request -> {
            goOn.await();
            return AuthResult.accept();
        });
        WireClient patient = broker.open();
        patient.send(WireClient.connectPacket("patient", 1));
        assertThat(broker.open().receive())
                .as("the connect time-out has passed")
                .isNull();
        assertThat(broker.open().receive()).as("and once more").isNull();

        goOn.countDown();

        assertThat(patient.receive(ConnAck.class).reason()).isEqualTo(ReasonCode.SUCCESS);
        patient.ping();
    }

    @Test
    void disconnectsAClientThatIsSilentForTooLong() throws Exception {
        WireClient client = broker.open().connect("silent", 1);

        assertThat(client.receive()).isEqualTo(new Disconnect(ReasonCode.KEEP_ALIVE_TIMEOUT));
        assertThat(client.receive()).isNull();
    }

    // ---- clients that do not read

    @Test
    void holdsBackASlowReaderAndNobodyElse() throws Exception {
        WireClient slow = broker.connect("slow");
        slow.subscribe("a", Qos.AT_MOST_ONCE);
        WireClient fast = broker.connect("fast");
        fast.subscribe("a", Qos.AT_LEAST_ONCE);
        WireClient publisher = broker.connect("publisher");
        String large = "x".repeat(60_000);
        int messages = 1_500;
        for (int i = 0; i < messages; i++) {
            publisher.send(publish("a", large, 1));
            fast.send(new PubAck(fast.receive(Publish.class).packetId()));
            publisher.receive(PubAck.class);
        }
        assertThat(broker.statistics().messagesDropped()).isPositive();

        Publish first = slow.receive(Publish.class);

        assertThat(first.message().payload().length()).isEqualTo(60_000);
        publisher.ping();
    }

    @Test
    void disconnectsAClientThatDoesNotRead() throws Exception {
        WireClient stuck = broker.connect("stuck");
        stuck.subscribe("a", Qos.AT_MOST_ONCE);
        WireClient publisher = broker.connect("publisher");
        String large = "x".repeat(60_000);
        while (broker.statistics().messagesDropped() == 0) {
            publisher.send(publish("a", large, 1));
            publisher.receive(PubAck.class);
        }

        broker.core.broker().disconnect("stuck", ReasonCode.ADMINISTRATIVE_ACTION);

        await().atMost(Duration.ofSeconds(20)).until(() -> broker.statistics().connections() == 1);
        publisher.ping();
    }

    /** A client that asks and does not read the answers must not fill the broker's memory with them. */
    @Test
    void stopsReadingFromAClientThatDoesNotReadItsAnswers() throws Exception {
        WireClient good = broker.connect(broker.clientIdOfLane(0));
        WireClient other =
                broker.connect(broker.clientIdOfLane(broker.loops.lanes().all().size() - 1));
        ByteBuffer pings = ByteBuffer.wrap(WireClient.encode(
                IntStream.range(0, 32 * 1024).mapToObj(i -> new PingReq()).toArray(PingReq[]::new)));
        long most = 48L << 20;
        try (SocketChannel flood = SocketChannel.open()) {
            flood.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
            flood.connect(broker.address());
            flood.write(ByteBuffer.wrap(WireClient.encode(WireClient.connectPacket("flood", 0))));
            flood.configureBlocking(false);
            long written = 0;
            for (int stalled = 0; stalled < 20 && written < most; ) {
                int now = flood.write(pings.hasRemaining() ? pings : pings.rewind());
                written += now;
                if (now > 0) {
                    stalled = 0;
                } else {
                    stalled++;
                    good.ping(); // the lanes had time to read more, if they had wanted to
                    other.ping();
                }
            }
            assertThat(written).isLessThan(most);

            // Whoever reads at last gets every answer, and is read again.
            flood.configureBlocking(true);
            long answers = answers(flood, written / 2);
            assertThat(answers).isEqualTo(written / 2);
        }
    }

    private static long answers(SocketChannel channel, long expected) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        long bytes = 0;
        long connAck = -1;
        while (connAck < 0 || bytes - connAck < expected * 2) {
            buffer.clear();
            int read = channel.read(buffer);
            if (read < 0) {
                break;
            }
            if (connAck < 0) {
                connAck = 2L + buffer.get(1);
            }
            bytes += read;
        }
        return (bytes - connAck) / 2;
    }

    // ---- things that go wrong

    @Test
    void sparesPublishersAndOthersAMessageThatAModuleMadeImpossible() throws Exception {
        broker.plugins.publish(Gate.of(
                "i",
                (client, message) -> message.payload().asUtf8().equals("spoil")
                        ? Verdict.forward(message.withProperties(MessageProperties.NONE.withUserProperties(
                                List.of(new UserProperty("k", "x".repeat(70_000))))))
                        : Verdict.forward(message),
                false));
        WireClient one = broker.connect("one");
        WireClient two = broker.connect("two");
        one.subscribe("a", Qos.AT_MOST_ONCE);
        two.subscribe("a", Qos.AT_MOST_ONCE);
        WireClient publisher = broker.connect("publisher");

        publisher.send(publish("a", "spoil", 1));
        assertThat(publisher.receive(PubAck.class).packetId()).isEqualTo(1);
        publisher.send(publish("a", "good", 2));
        assertThat(publisher.receive(PubAck.class).packetId()).isEqualTo(2);

        assertThat(one.receive(Publish.class).message().payload()).isEqualTo(Payload.ofUtf8("good"));
        assertThat(two.receive(Publish.class).message().payload()).isEqualTo(Payload.ofUtf8("good"));
    }

    @Test
    void tellsClientsThatItStopsAndCloses() throws Exception {
        WireClient client = broker.connect("c");
        WireClient half = broker.open();

        broker.listeners.drain(Duration.ofSeconds(5));

        assertThat(client.receive()).isEqualTo(new Disconnect(ReasonCode.SERVER_SHUTTING_DOWN));
        assertThat(client.receive()).isNull();
        assertThat(half.receive()).isNull();
        await().until(() -> broker.statistics().connections() == 0);
    }

    @Test
    void closesWhenSomethingArrivesThatIsNoPacket() throws Exception {
        WireClient client = broker.connect("c");

        client.sendRaw(new byte[] {(byte) 0xF0, 1, 2, 3, 4});

        assertThat(client.receive(Disconnect.class).reason().isFailure()).isTrue();
        assertThat(client.receive()).isNull();
    }
}
