package io.gatehouse.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.Finished;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line clients of Mosquitto. They have to be installed: a test that cannot run has failed. */
class MosquittoIT {
    private static final int REFUSED_3 = 5;
    private static final List<String> TOOLS = List.of("mosquitto_pub", "mosquitto_sub", "mosquitto_rr");

    @RegisterExtension
    static final BrokerProcess BROKER = BrokerProcess.standard();

    @ParameterizedTest
    @CsvSource({
        "mqttv31, 0", "mqttv31, 1", "mqttv31, 2",
        "mqttv311, 0", "mqttv311, 1", "mqttv311, 2",
        "mqttv5, 0", "mqttv5, 1", "mqttv5, 2"
    })
    void publishesAndSubscribes(String version, String qos) throws Exception {
        String topic = "tools/" + version + "/" + qos;
        try (Subscriber subscriber = new Subscriber("-V", version, "-q", qos, "-t", topic)) {
            assertThat(run("mosquitto_pub", "-V", version, "-q", qos, "-t", topic, "-m", "hello")
                            .exitCode())
                    .isZero();
            assertThat(subscriber.next()).isEqualTo(topic + "|" + qos + "|0|hello");
        }
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
            try (Subscriber mortal = new Subscriber(
                    "-V", version, "-t", "tools/nothing", "--will-topic", topic, "--will-payload", "gone")) {
                mortal.kill();
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

    /** A running mosquitto_sub that has subscribed. */
    private static final class Subscriber implements AutoCloseable {
        private final Process process;
        private final BufferedReader lines;

        Subscriber(String... arguments) throws IOException {
            List<String> all = asAlice(arguments);
            all.addAll(List.of("-d", "-F", "%t|%q|%r|%p", "-W", "20"));
            try {
                process =
                        command("mosquitto_sub", all).redirectErrorStream(true).start();
            } catch (IOException e) {
                throw new IOException("stdbuf of the coreutils is needed", e);
            }
            lines = process.inputReader();
            while (!line().startsWith("Subscribed")) {
                // the client tells first what it sends and gets
            }
        }

        /** The next message; what the client tells about its packets is passed over. */
        String next() throws IOException {
            String line = line();
            while (!line.contains("|")) {
                line = line();
            }
            return line;
        }

        private String line() throws IOException {
            String line = lines.readLine();
            if (line == null) {
                throw new AssertionError(
                        "mosquitto_sub ended with " + process.onExit().join().exitValue());
            }
            return line;
        }

        void kill() {
            process.destroyForcibly();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }
}
