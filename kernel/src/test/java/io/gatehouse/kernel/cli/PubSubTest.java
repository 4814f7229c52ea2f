package io.gatehouse.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.ConnAckProperties;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Secret;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PubSubTest {
    private final TestShell shell = new TestShell();
    private ReasonCode connectReason = ReasonCode.SUCCESS;
    private ReasonCode publishReason = ReasonCode.SUCCESS;
    private ReasonCode subscribeReason = ReasonCode.SUCCESS;
    private List<Packet> afterSubscribe = List.of();
    private FakeMqttBroker broker;

    PubSubTest() throws Exception {
        broker = new FakeMqttBroker(this::answer);
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({"3.1,V3_1", "3.1.1,V3_1_1", "5,V5"})
    void publishesInEveryVersionAndQuality(String text, MqttVersion version) {
        for (int qos = 0; qos <= 2; qos++) {
            broker.received.clear();
            assertThat(run("pub", "-t", "a/b", "-m", "hällo", "-q", "" + qos, "-r", "--mqtt-version", text))
                    .isZero();
            await().until(() -> broker.received.getLast() instanceof Disconnect);
            assertThat(received(Connect.class).version()).isEqualTo(version);
            Publish publish = received(Publish.class);
            assertThat(publish.message().topic()).isEqualTo("a/b");
            assertThat(publish.message().payload()).isEqualTo(Payload.ofUtf8("hällo"));
            assertThat(publish.message().retain()).isTrue();
            assertThat(publish.message().qos().level()).isEqualTo(qos);
            assertThat(broker.received.stream().anyMatch(PubRel.class::isInstance))
                    .isEqualTo(qos == 2);
        }
    }

    @Test
    void publishesStandardInputAsItIs() {
        shell.standardInput("line 1\nline 2\u0000");
        assertThat(run("pub", "-t", "a", "--stdin")).isZero();
        await().untilAsserted(() -> assertThat(received(Publish.class).message().payload())
                .isEqualTo(Payload.ofUtf8("line 1\nline 2\u0000")));
    }

    @Test
    void saysWhoItIs() {
        shell.typing("s3cret");
        assertThat(run("pub", "-t", "a", "-m", "x", "-u", "ada", "-i", "me", "-P"))
                .isZero();
        assertThat(received(Connect.class))
                .extracting(Connect::clientId, Connect::username, Connect::password, Connect::cleanStart)
                .containsExactly("me", "ada", Secret.ofUtf8("s3cret"), true);
        shell.standardInput("other\n");
        broker.received.clear();
        assertThat(run("pub", "-t", "a", "-m", "x", "-u", "ada", "--password-stdin"))
                .isZero();
        assertThat(received(Connect.class).password()).isEqualTo(Secret.ofUtf8("other"));
    }

    @Test
    void standardInputCannotBePasswordAndMessage() {
        assertThat(run("pub", "-t", "a", "--stdin", "--password-stdin")).isEqualTo(ExitCode.USAGE.code());
        assertThat(broker.received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void saysWhyTheBrokerRefusesTheConnection(String version) {
        connectReason = ReasonCode.BAD_USER_NAME_OR_PASSWORD;
        assertThat(run("pub", "-t", "a", "-m", "x", "--mqtt-version", version)).isEqualTo(ExitCode.REFUSED.code());
        assertThat(shell.err())
                .isEqualTo("gatehouse: the broker refused the connection: bad user name or password (0x86)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void saysWhyTheBrokerRefusesTheMessage(String qos) {
        publishReason = ReasonCode.NOT_AUTHORIZED;
        assertThat(run("pub", "-t", "a", "-m", "x", "-q", qos)).isEqualTo(ExitCode.REFUSED.code());
        assertThat(shell.err()).isEqualTo("gatehouse: the broker refused the message: not authorized (0x87)\n");
    }

    @Test
    void saysWhichSubscriptionIsRefused() {
        subscribeReason = ReasonCode.NOT_AUTHORIZED;
        assertThat(run("sub", "-t", "a/#", "-C", "1")).isEqualTo(ExitCode.REFUSED.code());
        assertThat(shell.err())
                .isEqualTo("gatehouse: the broker refused the subscription to a/#: not authorized (0x87)\n");
    }

    @Test
    void printsMessagesOfEveryQualityOnce() {
        Publish twice = publish("b", "2", Qos.EXACTLY_ONCE, 7);
        afterSubscribe = List.of(
                publish("a", "0", Qos.AT_MOST_ONCE, 0),
                publish("a", "1", Qos.AT_LEAST_ONCE, 5),
                twice,
                twice,
                new PubRel(7),
                twice);
        assertThat(run("sub", "-t", "a", "-t", "b", "-q", "2", "-v", "-C", "4")).isZero();
        assertThat(shell.out()).isEqualTo("a 0\na 1\nb 2\nb 2\n");
        await().until(() -> broker.received.getLast() instanceof Disconnect);
        assertThat(broker.received)
                .contains(new PubAck(5), new PubRec(7), new PubComp(7))
                .hasSize(2 + 1 + 3 + 1 + 1);
    }

    @Test
    void printsPayloadsAsTheyAreForPipesAndHarmlessForPeople() {
        afterSubscribe = List.of(publish("a", "\u001b[2J", Qos.AT_MOST_ONCE, 0));
        assertThat(run("sub", "-t", "a", "-C", "1")).isZero();
        assertThat(shell.out()).isEqualTo("\u001b[2J\n");
        shell.typing();
        assertThat(run("sub", "-t", "a", "-C", "1")).isZero();
        assertThat(shell.out()).isEqualTo("\\u001B[2J\n");
    }

    @Test
    void printsJsonLines() {
        Message binary = Message.of("a", Payload.copyOf(new byte[] {(byte) 0xFF}));
        afterSubscribe = List.of(publish("a", "x\n", Qos.AT_MOST_ONCE, 0), new Publish(binary, false, 0, 0, List.of()));
        assertThat(run("sub", "-t", "a", "-C", "2", "-o", "json")).isZero();
        assertThat(shell.out().lines())
                .containsExactly(
                        "{\"topic\":\"a\",\"qos\":0,\"retain\":false,\"payload\":\"x\\n\"}",
                        "{\"topic\":\"a\",\"qos\":0,\"retain\":false,\"payloadBase64\":\"/w==\"}");
    }

    @Test
    void endsWhenTheBrokerDisconnects() {
        afterSubscribe = List.of(new Disconnect(ReasonCode.ADMINISTRATIVE_ACTION));
        assertThat(run("sub", "-t", "a")).isEqualTo(ExitCode.REFUSED.code());
        assertThat(shell.err()).isEqualTo("gatehouse: the broker refused to go on: administrative action (0x98)\n");
    }

    @Test
    void saysWhereNoBrokerListens() throws Exception {
        broker.close();
        assertThat(run("pub", "-t", "a", "-m", "x")).isEqualTo(ExitCode.NOT_RUNNING.code());
        assertThat(shell.err())
                .isEqualTo("gatehouse: no broker listens on 127.0.0.1:" + broker.port()
                        + ": start it with `gatehouse run` or name another with --host and --port\n");
    }

    @Test
    void saysWhenTheOtherEndIsNoBroker() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = other.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().read();
                } catch (IOException ended) {
                    // the client went away
                }
            });
            assertThat(shell.run("pub", "-t", "a", "-m", "x", "-p", "" + other.getLocalPort()))
                    .isEqualTo(ExitCode.REFUSED.code());
            assertThat(shell.err()).contains("what came is not MQTT");
        }
    }

    private List<Packet> answer(Packet packet) {
        return switch (packet) {
            case Connect connect -> List.of(new ConnAck(false, connectReason, ConnAckProperties.NONE));
            case Subscribe subscribe -> {
                List<Packet> answers = new ArrayList<>();
                answers.add(new SubAck(
                        subscribe.packetId(),
                        subscribe.subscriptions().stream()
                                .map(each -> subscribeReason)
                                .toList(),
                        null,
                        List.of()));
                answers.addAll(afterSubscribe);
                yield answers;
            }
            case Publish publish ->
                switch (publish.message().qos()) {
                    case AT_MOST_ONCE -> List.of();
                    case AT_LEAST_ONCE -> List.of(new PubAck(publish.packetId(), publishReason, null, List.of()));
                    case EXACTLY_ONCE -> List.of(new PubRec(publish.packetId(), publishReason, null, List.of()));
                };
            case PubRel release -> List.of(new PubComp(release.packetId()));
            default -> List.of();
        };
    }

    private static Publish publish(String topic, String payload, Qos qos, int packetId) {
        Message message = Message.of(topic, Payload.ofUtf8(payload)).withQos(qos);
        return new Publish(message, false, packetId, 0, List.of());
    }

    private int run(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(command, "-p", broker.port()));
        line.addAll(List.of(arguments));
        return shell.run(line.toArray(String[]::new));
    }

    private <P extends Packet> P received(Class<P> type) {
        return broker.received.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }
}
