package io.gatehouse.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.transport.NetworkBroker;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gatehouse bench} against a broker in this process. */
@Timeout(120)
class BenchCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final TestShell shell = new TestShell();
    private final NetworkBroker broker = new NetworkBroker();
    private final String port = Integer.toString(broker.port());

    @AfterEach
    void stop() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({"3.1,0", "3.1.1,1", "5,2"})
    void everyMessageOfAPairArrives(String version, String qos) throws Exception {
        JsonNode report = ok("pairs", "-c", "3", "-n", "3000", "-q", qos, "--mqtt-version", version);

        assertThat(report.get("mqttVersion").asText()).isEqualTo(version);
        assertThat(report.get("mode").asText()).isEqualTo("pairs");
        assertThat(report.get("loop").asText()).isEqualTo("closed");
        assertThat(report.get("clients").asInt()).isEqualTo(6);
        assertThat(report.get("connections").get("opened").asInt()).isEqualTo(6);
        assertMessages(report, 3_000, 3_000);
        assertThat(report.get("messages").get("acknowledged").asInt()).isEqualTo(qos.equals("0") ? 0 : 3_000);
        assertThat(latency(report, "delivery").get("count").asInt()).isEqualTo(3_000);
        assertThat(report.get("latencyMicros").has("acknowledgement")).isEqualTo(!qos.equals("0"));
        assertThat(report.get("notes").toString()).contains("closed loop: latency is service time");
    }

    @Test
    void keepsToItsSchedule() throws Exception {
        JsonNode report = ok("pairs", "-c", "2", "--rate", "1000", "--warm-up", "200ms", "-d", "800ms", "-q", "1");

        assertThat(report.get("loop").asText()).isEqualTo("open");
        assertMessages(report, 1_000, 1_000);
        assertThat(latency(report, "delivery").get("count").asInt()).isEqualTo(800);
        assertThat(latency(report, "acknowledgement").get("count").asInt()).isEqualTo(800);
        assertThat(latency(report, "delivery").get("p50").asDouble()).isPositive();
        assertThat(report.get("notes").toString()).contains("open loop: latency is counted from when each was due");
    }

    @Test
    void fansOutToEverybody() throws Exception {
        JsonNode report = ok("fan-out", "-c", "7", "-n", "500", "-q", "1");

        assertMessages(report, 500, 3_500);
        assertThat(report.get("publishers").asInt()).isEqualTo(1);
    }

    @Test
    void fansInToEachSubscriber() throws Exception {
        assertMessages(ok("fan-in", "-c", "5", "--subscribers", "2", "-n", "1000"), 1_000, 2_000);
    }

    @Test
    void aGroupSharesTheMessages() throws Exception {
        JsonNode report = ok("fan-in", "-c", "4", "--subscribers", "3", "--shared", "g", "-n", "1000", "-q", "1");

        assertMessages(report, 1_000, 1_000);
    }

    @Test
    void severalThreadsShareTheClients() throws Exception {
        JsonNode report = ok("fan-in", "-c", "5", "--subscribers", "3", "--threads", "3", "-n", "2000", "-q", "2");

        assertMessages(report, 2_000, 6_000);
        assertThat(report.get("threads").asInt()).isEqualTo(3);
    }

    @Test
    void publishersAloneMeasureAcknowledgements() throws Exception {
        JsonNode report = ok("pub", "-c", "2", "-n", "400", "-q", "1", "--size", "5");

        assertThat(report.get("payloadBytes").asInt()).isEqualTo(5);
        assertThat(report.get("messages").get("acknowledged").asInt()).isEqualTo(400);
        assertThat(latency(report, "acknowledgement").get("count").asInt()).isEqualTo(400);
    }

    @Test
    void subscribersAloneMeasureWhatAnotherProcessStamps() throws Exception {
        Thread publisher = Thread.ofVirtual().start(() -> {
            TestShell other = new TestShell();
            for (int i = 0; i < 100 && !Thread.currentThread().isInterrupted(); i++) {
                other.run("bench", "pub", "-p", port(), "-c", "1", "-n", "50", "--quiet");
                other.run("pub", "-p", port(), "-t", "bench/other", "-m", "no stamp");
            }
        });
        JsonNode report = ok("sub", "-c", "2", "-n", "150");
        publisher.interrupt();
        publisher.join(Duration.ofSeconds(20));

        assertThat(report.get("messages").get("received").asInt()).isGreaterThanOrEqualTo(150);
        assertThat(report.get("messages").get("foreign").asInt()).isPositive();
        assertThat(latency(report, "delivery").get("count").asInt()).isPositive();
    }

    @Test
    void connectsAtARateAndHolds() throws Exception {
        JsonNode report = ok("connect", "-c", "40", "--rate", "200", "-d", "100ms");

        assertThat(report.get("connections").get("opened").asInt()).isEqualTo(40);
        assertThat(report.get("connections").get("perSecond").asDouble()).isBetween(1.0, 210.0);
        assertThat(latency(report, "connect").get("count").asInt()).isEqualTo(40);
        assertThat(report.get("measuredSeconds").asDouble()).isBetween(0.1, 10.0);
    }

    @Test
    void comesFromSeveralAddresses() throws Exception {
        List<String> peers = new ArrayList<>();
        broker.plugins.authenticator(request -> {
            synchronized (peers) {
                peers.add(String.valueOf(request.client().peer()));
            }
            return AuthResult.accept();
        });
        ok("connect", "-c", "6", "--bind-address", "127.0.0.1,127.0.0.2");

        assertThat(peers).anyMatch(peer -> peer.contains("127.0.0.1")).anyMatch(peer -> peer.contains("127.0.0.2"));
    }

    // ---- what goes wrong

    @Test
    void aWrongPasswordIsAFailureWithItsReason() throws Exception {
        broker.plugins.authenticator(request -> AuthResult.reject("for a test"));
        JsonNode report = failed("pairs", "-c", "2", "-u", "ada", "--password-stdin");

        assertThat(report.get("ended").asText()).isEqualTo("aborted");
        assertThat(report.get("connections").get("failures").toString()).contains("refused: 0x8");
        assertThat(report.get("messages").get("sent").asInt()).isZero();
        assertThat(shell.out() + shell.err()).doesNotContain("s3cret");
    }

    @Test
    void saysWhenNobodyListens() throws Exception {
        broker.close();
        JsonNode report = failed("connect", "-c", "3");

        assertThat(report.get("connections").get("failed").asInt()).isEqualTo(3);
        assertThat(report.get("problems").toString()).contains("3 clients did not connect: connection refused");
    }

    @Test
    void aSubscriptionThatIsRefusedEndsIt() throws Exception {
        broker.plugins.authorizer((client, action) -> Decision.DENY);
        JsonNode report = failed("fan-out", "-c", "2");

        assertThat(report.get("problems").toString()).contains("subscription refused: 0x87 not authorized");
    }

    @Test
    void countsMessagesThatAreRefused() throws Exception {
        broker.plugins.authorizer((client, action) -> Decision.DENY);
        JsonNode report = failed("pub", "-c", "1", "-n", "30", "-q", "1");

        assertThat(report.get("messages").get("refused").asInt()).isEqualTo(30);
        assertThat(report.get("messages").get("refusals").toString()).contains("0x87 not authorized");
    }

    @Test
    void countsMessagesThatAreLostAndGoesOn() throws Exception {
        AtomicInteger seen = new AtomicInteger();
        broker.plugins.publish(Gate.of(
                "every-tenth",
                (PublishInterceptor) (publisher, message) ->
                        seen.incrementAndGet() % 10 == 0 ? Verdict.drop() : Verdict.forward(message),
                false));
        JsonNode report = failed("pairs", "-c", "1", "-n", "1000", "--window", "20", "--drain", "500ms");

        assertThat(report.get("messages").get("lost").asInt()).isEqualTo(100);
        assertThat(report.get("messages").get("received").asInt()).isEqualTo(900);
        assertThat(report.get("problems").toString()).contains("100 messages lost");
        assertThat(report.get("schedule").get("stalls").asInt()).isPositive();
    }

    @Test
    void saysWhichMessagesAreTooLargeForTheBroker() throws Exception {
        JsonNode report = failed("pub", "-c", "1", "-n", "1", "--size", "1MiB");

        assertThat(report.get("problems").toString()).contains("packets of at most 65536 bytes");
    }

    @Test
    void countsConnectionsThatAreLost() throws Exception {
        shell.onStop(stop -> Thread.ofVirtual().start(() -> {
            awaitConnections(2);
            broker.close();
            awaitConnections(0);
            stop.run();
        }));
        JsonNode report = failed("connect", "-c", "2", "-d", "60s");

        assertThat(report.get("connections").get("lost").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(report.get("ended").asText()).isEqualTo("interrupted");
    }

    private void awaitConnections(int count) {
        await().until(() -> broker.connections() == count);
    }

    @Test
    void aSignalToStopEndsItWithASummary() throws Exception {
        shell.onStop(stop -> Thread.ofVirtual().start(() -> {
            awaitConnections(4);
            stop.run();
        }));
        JsonNode report = ok("pairs", "-c", "2", "-d", "100s", "--rate", "500");

        assertThat(report.get("ended").asText()).isEqualTo("interrupted");
        assertThat(report.get("messages").get("unsent").asInt()).isZero();
    }

    // ---- output

    @Test
    void tellsPeopleTheSame() {
        assertThat(run("pairs", "-c", "1", "-n", "200", "-q", "1", "-d", "5s", "--interval", "100ms", "--rate", "400"))
                .isZero();
        assertThat(shell.out())
                .startsWith("pairs 127.0.0.1:" + port() + ": MQTT 5, 2 clients, QoS 1, 256 bytes, 400 messages/s")
                .contains(
                        "P99.99",
                        "acknowledgement",
                        "delivery",
                        "Note: open loop",
                        "Nothing failed, nothing was lost.");
        assertThat(shell.err()).contains("measuring", "2 connections", "0 errors");
    }

    @Test
    void writesJsonBesideTheText(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("result.json");
        assertThat(run("pub", "-c", "1", "-n", "10", "--quiet", "--json-file", file.toString()))
                .isZero();
        assertThat(shell.out()).startsWith("pub 127.0.0.1");
        assertThat(shell.err()).isEmpty();
        assertThat(MAPPER.readTree(file.toFile()).get("messages").get("sent").asInt())
                .isEqualTo(10);
    }

    @Test
    void sendsAFile(@TempDir Path folder) throws Exception {
        Path payload = Files.writeString(folder.resolve("payload"), "twenty bytes, surely");
        JsonNode report = ok("pairs", "-c", "1", "-n", "10", "--payload-file", payload.toString());

        assertThat(report.get("payloadBytes").asInt()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect --count 0",
                "connect --count 2000000",
                "connect --rate -1",
                "pub --qos 3",
                "pub --size many",
                "pub --size 300MB",
                "pub --window 0",
                "pub --window 70000",
                "pub --rate NaN",
                "pub --duration 10",
                "pub --duration 400d",
                "pub --messages 0",
                "pub --topic a/#",
                "pub --threads 0",
                "pub --keep-alive 70000",
                "pub --mqtt-version 4",
                "pub --mqtt-version 3.1 --client-prefix much-too-long-for-that",
                "pub --mqtt-version 3.1.1 --session-expiry 10",
                "pub --payload-file /nonexistent",
                "pub --password-file /nonexistent",
                "pub --password a --password-stdin",
                "pub --port 70000",
                "pub --interval 1ms",
                "pub --cert a",
                "pub --cafile /nonexistent",
                "pub --tls-version 1.1",
                "pub --host no.such.host.invalid",
                "pairs --size 15",
                "pairs --count 2 --topic a",
                "fan-in --subscribers 0",
                "sub --messages 0"
            })
    void saysWhatAnOptionMayBe(String line) {
        assertThat(shell.run(("bench " + line).split(" "))).isEqualTo(ExitCode.USAGE.code());
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).startsWith("gatehouse: ").contains("--").hasLineCount(1);
    }

    private void assertMessages(JsonNode report, int sent, int received) {
        JsonNode messages = report.get("messages");
        assertThat(messages.get("sent").asInt()).isEqualTo(sent);
        assertThat(messages.get("received").asInt()).isEqualTo(received);
        for (String nothing :
                List.of("lost", "duplicated", "outOfOrder", "foreign", "refused", "unsent", "unconfirmed")) {
            assertThat(messages.get(nothing).asInt()).as(nothing).isZero();
        }
        assertThat(report.get("ended").asText()).isEqualTo("completed");
        assertThat(report.get("problems")).isEmpty();
        assertThat(report.get("ok").asBoolean()).isTrue();
    }

    private static JsonNode latency(JsonNode report, String measure) {
        return report.get("latencyMicros").get(measure);
    }

    private JsonNode ok(String... arguments) throws IOException {
        return json(ExitCode.OK, arguments);
    }

    private JsonNode failed(String... arguments) throws IOException {
        shell.standardInput("s3cret\n");
        return json(ExitCode.FAILED, arguments);
    }

    private JsonNode json(ExitCode code, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--json", "--quiet"));
        assertThat(run(line.toArray(String[]::new)))
                .as(() -> shell.out() + shell.err())
                .isEqualTo(code.code());
        return MAPPER.readTree(shell.out());
    }

    private int run(String mode, String... arguments) {
        List<String> line = new ArrayList<>(List.of("bench", mode, "-p", port()));
        line.addAll(List.of(arguments));
        return shell.run(line.toArray(String[]::new));
    }

    private int run(String[] arguments) {
        return run(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private String port() {
        return port;
    }
}
