package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
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

/** What an authorizer decides is what a client may do, whether it answers at once or has to ask somebody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizerTest {
    /** More than there are lanes, so that some share the lane of the one who waits. */
    private static final int OTHERS = 12;

    private final Board board = new Board();
    private RunningGatehouse gatehouse;

    @BeforeAll
    void start(@TempDir Path home) throws IOException, StartFailure {
        gatehouse = new RunningGatehouse(
                home, """
                authentication.chain = [auth-all]
                authorization { sources = [authz-quick, authz-slow], no-match = allow }
                """, board.plugin("acme.authz").source("Quick", """
                            @Component(name = "authz-quick") public class Quick implements Authorizer {
                              public Decision decide(Client client, Action action) {
                                return switch (action.topic()) {
                                  case "quick/allow" -> Decision.ALLOW;
                                  case "quick/deny" -> Decision.DENY;
                                  case "quick/throw" -> throw new IllegalStateException("for a test");
                                  case "quick/error" -> throw new StackOverflowError("for a test");
                                  case "quick/null" -> null;
                                  default -> Decision.ABSTAIN; }; } }
                            """).source("Slow", """
                            @Component(name = "authz-slow") @Blocking public class Slow implements Authorizer {
                              public Decision decide(Client client, Action action) throws Exception {
                                if (action.topic().startsWith("slow/wait/")) {
                                  Board.say("asked", action.topic());
                                  Board.await(action.topic());
                                }
                                return switch (action.topic()) {
                                  case "slow/deny" -> Decision.DENY;
                                  case "slow/throw" -> throw new IllegalStateException("for a test");
                                  case "slow/null" -> null;
                                  default -> Decision.ALLOW; }; } }
                            """));
    }

    @AfterAll
    void stop() {
        gatehouse.close();
        board.close();
    }

    @ParameterizedTest
    @CsvSource({
        "quick/allow, true",
        "quick/deny, false",
        "quick/throw, false",
        "quick/error, false",
        "quick/null, false",
        "slow/allow, true",
        "slow/deny, false",
        "slow/throw, false",
        "slow/null, false"
    })
    void decidesWhatMayBePublishedAndSubscribed(String topic, boolean allowed) throws IOException {
        try (TestClient client = gatehouse.connected("alice")) {
            assertThat(client.publish(topic, ""))
                    .isEqualTo(allowed ? ReasonCode.NO_MATCHING_SUBSCRIBERS : ReasonCode.NOT_AUTHORIZED);
            assertThat(client.subscribe(topic))
                    .isEqualTo(allowed ? ReasonCode.GRANTED_QOS_1 : ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void keepsTheOrderOfAClientThatWaitsAndDelaysNobodyElse() throws IOException, InterruptedException {
        try (TestClient listener = gatehouse.connected("listener");
                TestClient waiting = gatehouse.connected("waiting")) {
            listener.subscribe("#");
            waiting.sendPublish("slow/wait/1", "first");
            waiting.sendPublish("quick/allow", "second");
            assertThat(board.heard("asked")).isEqualTo("slow/wait/1");
            for (int i = 0; i < OTHERS; i++) {
                try (TestClient other = gatehouse.connected("other-" + i)) {
                    other.publish("slow/allow", "other");
                    assertThat(listener.receiveText()).isEqualTo("other");
                }
            }
            board.open("slow/wait/1");
            assertThat(waiting.expect(PubAck.class).packetId()).isEqualTo(1);
            assertThat(waiting.expect(PubAck.class).packetId()).isEqualTo(2);
            assertThat(listener.receiveText()).isEqualTo("first");
            assertThat(listener.receiveText()).isEqualTo("second");
        }
    }

    @Test
    void refusesAClientThatMayNotPublishItsWill() throws IOException {
        try (TestClient client = gatehouse.open()) {
            Connect connect = Connects.withWill(Connects.v5("will"), Message.of("quick/deny", Payload.EMPTY));
            assertThat(client.tryConnect(connect).reason()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }
}
