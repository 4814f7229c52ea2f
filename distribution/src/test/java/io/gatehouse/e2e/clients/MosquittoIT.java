package io.gatehouse.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.Finished;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.File;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line clients of Mosquitto. They have to be installed: a test that cannot run has failed. */
class MosquittoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int REFUSED_3 = 5;
    private static final List<String> TOOLS = List.of("mosquitto_pub", "mosquitto_sub", "mosquitto_rr");

    @RegisterExtension
    static final BrokerProcess BROKER = BrokerProcess.standard();

    /** Until the other has subscribed, what is published is for nobody: so it is published again. */
    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void publishesAndSubscribes(String version) throws Exception {
        String topic = "tools/live/" + version;
        Process subscriber = command("mosquitto_sub", asAlice("-V", version, "-t", topic, "-C", "1", "-F", "%t %q %p"))
                .start();
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> {
                run("mosquitto_pub", "-V", version, "-t", topic, "-m", "hello");
                return !subscriber.isAlive();
            });
            assertThat(subscriber.inputReader().readLine()).isEqualTo(topic + " 0 hello");
        } finally {
            subscriber.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"mqttv31, 1", "mqttv31, 2", "mqttv311, 1", "mqttv311, 2", "mqttv5, 1", "mqttv5, 2"})
    void findsInItsSessionWhatCameWhileItWasAway(String version, String qos) {
        String topic = "tools/session/" + version + "/" + qos;
        List<String> session =
                new ArrayList<>(List.of("-V", version, "-q", qos, "-t", topic, "-c", "-i", version + qos));
        if (version.equals("mqttv5")) {
            session.addAll(List.of("-x", "3600"));
        }
        assertThat(run("mosquitto_sub", with(session, "-E")).exitCode()).isZero();
        assertThat(run("mosquitto_pub", "-V", version, "-q", qos, "-t", topic, "-m", "kept")
                        .exitCode())
                .isZero();
        Finished got = run("mosquitto_sub", with(session, "-C", "1", "-F", "%t %q %p", "-W", "20"));
        assertThat(got.out().strip()).isEqualTo(topic + " " + qos + " kept");
    }

    private static String[] with(List<String> arguments, String... more) {
        return Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void getsARetainedMessage(String version) {
        String topic = "tools/retained/" + version;
        run("mosquitto_pub", "-V", version, "-r", "-q", "1", "-t", topic, "-m", "kept");
        Finished got =
                run("mosquitto_sub", "-V", version, "-q", "1", "-t", topic, "-C", "1", "-F", "%r %p", "-W", "20");
        assertThat(got.out().strip()).isEqualTo("1 kept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void leavesAWillWhenItIsKilled(String version) throws Exception {
        String topic = "tools/will/" + version;
        try (WireClient watcher = WireClient.connect(BROKER.port(), new ConnectPacket("watch-" + version))) {
            watcher.subscribe(topic, Qos.AT_LEAST_ONCE);
            // Publishes each line of its input: the first one shows that it is connected.
            Process mortal = command(
                            "mosquitto_pub",
                            asAlice("-V", version, "-l", "-t", topic, "--will-topic", topic, "--will-payload", "gone"))
                    .start();
            try (Writer lines = mortal.outputWriter()) {
                lines.write("alive\n");
                lines.flush();
                assertThat(watcher.nextText()).isEqualTo("alive");
                mortal.destroyForcibly();
                assertThat(watcher.nextText()).isEqualTo("gone");
            }
        }
    }

    @Test
    void asksAndGetsAnAnswer() throws Exception {
        try (WireClient responder = WireClient.connect(BROKER.port(), new ConnectPacket("responder"))) {
            responder.subscribe("tools/question", Qos.AT_LEAST_ONCE);
            Thread answering = Thread.ofVirtual().start(() -> {
                Message question = responder.next().message();
                String to = String.valueOf(question.properties().responseTopic());
                responder.publish(
                        WireClient.message(to, "42", Qos.AT_LEAST_ONCE).withProperties(question.properties()));
            });
            Finished asked = run(
                    "mosquitto_rr",
                    "-V",
                    "mqttv5",
                    "-q",
                    "1",
                    "-t",
                    "tools/question",
                    "-e",
                    "tools/answer",
                    "-m",
                    "?",
                    "-W",
                    "60");
            answering.join();
            assertThat(asked.out().strip()).isEqualTo("42");
        }
    }

    @Test
    void isToldThatItsPasswordIsWrong() {
        Finished refused =
                Finished.of(command("mosquitto_pub", List.of("-u", "alice", "-P", "wrong", "-t", "a", "-m", "x")), "");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).containsIgnoringCase("bad user name or password");
    }

    @Test
    void isToldThatItNeedsCredentials() {
        Finished refused = Finished.of(command("mosquitto_pub", List.of("-t", "a", "-m", "x")), "");
        assertThat(refused.exitCode()).isEqualTo(REFUSED_3);
    }

    @BeforeAll
    static void theToolsAreInstalled() {
        assertThat(TOOLS)
                .as("the clients of Mosquitto are needed: apt install mosquitto-clients")
                .allSatisfy(tool -> assertThat(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool))));
    }

    private static Finished run(String tool, String... arguments) {
        return Finished.of(command(tool, asAlice(arguments)), "");
    }

    private static List<String> asAlice(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-u", "alice", "-P", "alice-secret"));
        all.addAll(List.of(arguments));
        return all;
    }

    private static ProcessBuilder command(String tool, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(tool, "-h", "127.0.0.1", "-p", Integer.toString(BROKER.port())));
        all.addAll(arguments);
        return new ProcessBuilder(all);
    }
}
