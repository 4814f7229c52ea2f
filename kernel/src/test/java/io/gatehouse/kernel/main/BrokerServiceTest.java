package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The services that the kernel offers to plugins: to act, and to look. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerServiceTest {
    private final Board board = new Board();
    private RunningGatehouse gatehouse;

    @BeforeAll
    void start(@TempDir Path home) throws IOException, StartFailure {
        gatehouse = new RunningGatehouse(
                home,
                """
                authentication.chain = [auth-all]
                authorization { sources = [], no-match = deny }
                """,
                board.plugin("acme.broker")
                        .header("Gatehouse-Publishes-To", "#")
                        .source("Everybody", """
                            @Component(name = "auth-all") public class Everybody implements Authenticator {
                              public AuthResult authenticate(ConnectRequest request) {
                                return AuthResult.accept().withAcl(List.of(AclRule.allow("#", AclRule.Kind.SUBSCRIBE))); } }
                            """)
                        .source("Hands", """
                            @Component(name = "hands", service = Hands.class, immediate = true) public class Hands {
                              @Activate public Hands(@Reference Broker broker) {
                                Board.offer("publish", topic -> {
                                  try {
                                    return broker.publish(Message.of(topic, Payload.ofUtf8("from a plugin")))
                                      .toCompletableFuture().get(10, java.util.concurrent.TimeUnit.SECONDS).toString();
                                  } catch (Exception e) { return e.getClass().getSimpleName(); } });
                                Board.offer("disconnect", words -> {
                                  try {
                                    String[] word = words.split(" ");
                                    return broker.disconnect(word[0], ReasonCode.valueOf(word[1]))
                                      .toCompletableFuture().get(10, java.util.concurrent.TimeUnit.SECONDS).toString();
                                  } catch (Exception e) { return e.getClass().getSimpleName(); } }); } }
                            """)
                        .source("Eyes", """
                            @Component(name = "eyes", service = Eyes.class, immediate = true) public class Eyes {
                              @Activate public Eyes(@Reference BrokerView view) {
                                Board.offer("session", id -> view.session(id).map(s -> s.client().username() + " "
                                  + s.connected() + " " + s.subscriptions() + " " + s.expirySeconds()).orElse("none"));
                                Board.offer("sessions", limit -> "" + view.sessions(Integer.parseInt(limit)).size());
                                Board.offer("connections", any -> "" + view.statistics().connections());
                                Board.offer("received", any -> "" + view.statistics().messagesReceived());
                                Board.offer("started", any -> "" + view.startedAt().isAfter(java.time.Instant.now()));
                                Board.offer("modules", any -> view.modules().stream().map(m -> m.name() + " "
                                  + m.state() + " " + m.roles()).toList().toString()); } }
                            """));
    }

    @AfterAll
    void stop() {
        gatehouse.close();
        board.close();
    }

    /** Nobody may publish but plugins. */
    @Test
    void letsAPluginPublish() throws IOException {
        try (TestClient subscriber = gatehouse.connected("subscriber")) {
            subscriber.subscribe("news/#");
            assertThat(board.use("publish", "news/1")).isEqualTo("SUCCESS");
            assertThat(subscriber.receiveText()).isEqualTo("from a plugin");
            assertThat(subscriber.publish("news/1", "")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
        assertThat(board.use("publish", "nobody/listens")).isEqualTo("NO_MATCHING_SUBSCRIBERS");
        assertThat(board.use("publish", "not/a/#/topic")).isEqualTo("IllegalArgumentException");
    }

    @ParameterizedTest
    @CsvSource({"ADMINISTRATIVE_ACTION, ADMINISTRATIVE_ACTION", "SUCCESS, SUCCESS", "BANNED, UNSPECIFIED_ERROR"})
    void letsAPluginDisconnectAClient(String reason, ReasonCode told) throws IOException {
        try (TestClient client = gatehouse.connected("kicked");
                TestClient old = gatehouse.connected(Connects.of(MqttVersion.V3_1_1, "old"))) {
            assertThat(board.use("disconnect", "kicked " + reason)).isEqualTo("true");
            assertThat(client.disconnected()).isEqualTo(told);
            assertThat(board.use("disconnect", "old " + reason)).isEqualTo("true");
            old.expectClosed();
        }
        assertThat(board.use("disconnect", "kicked " + reason)).isEqualTo("false");
    }

    /** A plugin that names a reason that is none must hear so, and not wait for an answer that never comes. */
    @Test
    void tellsAPluginWhenAReasonIsNoneForADisconnect() throws IOException {
        try (TestClient client = gatehouse.connected("odd")) {
            assertThat(board.use("disconnect", "odd NO_MATCHING_SUBSCRIBERS")).isEqualTo("IllegalArgumentException");
            client.ping();
        }
    }

    @Test
    void showsAPluginSessionsAndCounters() throws IOException {
        try (TestClient client = gatehouse.connected(Connects.resuming("seen"));
                TestClient other = gatehouse.connected("other")) {
            client.subscribe("a");
            client.subscribe("b");
            other.ping();
            long received = Long.parseLong(board.use("received", ""));
            client.publish("x", "");
            assertThat(board.use("session", "seen")).isEqualTo("seen true 2 3600");
            assertThat(board.use("session", "unseen")).isEqualTo("none");
            assertThat(board.use("sessions", "1")).isEqualTo("1");
            assertThat(Long.parseLong(board.use("connections", ""))).isGreaterThanOrEqualTo(2);
            assertThat(Long.parseLong(board.use("received", ""))).isEqualTo(received + 1);
            assertThat(board.use("started", "")).isEqualTo("false");
        }
    }

    @Test
    void showsAPluginTheModules() {
        assertThat(board.use("modules", "")).contains("auth-all ACTIVE [Authenticator]");
    }
}
