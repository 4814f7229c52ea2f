package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.Messages;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a publish interceptor makes of a message is what is authorized, routed and answered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishInterceptorTest {
    private final Board board = new Board();
    private RunningGatehouse gatehouse;

    @BeforeAll
    void start(@TempDir Path home) throws IOException, StartFailure {
        gatehouse = new RunningGatehouse(
                home,
                """
                authentication.chain = [auth-all]
                authorization { sources = [authz-forbidden, authz-slow], no-match = allow }
                interceptors.publish = [rewriter]
                """,
                board.plugin("acme.publish")
                        .source("Forbidden", """
                            @Component(name = "authz-forbidden") public class Forbidden implements Authorizer {
                              public Decision decide(Client client, Action action) {
                                return action.topic().startsWith("forbidden/") ? Decision.DENY
                                  : action.topic().startsWith("slow/") ? Decision.ABSTAIN : Decision.ALLOW; } }
                            """)
                        .source("Slow", """
                            @Component(name = "authz-slow") @Blocking public class Slow implements Authorizer {
                              public Decision decide(Client client, Action action) {
                                return action.topic().equals("slow/deny") ? Decision.DENY : Decision.ALLOW; } }
                            """)
                        .source("Rewriter", """
                            @Component(name = "rewriter") public class Rewriter implements PublishInterceptor {
                              public Verdict<Message> onPublish(Client client, Message message) {
                                Board.say("seen " + message.topic(), message.payload().asUtf8());
                                return switch (message.topic()) {
                                  case "loud" -> Verdict.forward(message.withPayload(
                                    Payload.ofUtf8(message.payload().asUtf8().toUpperCase(Locale.ROOT))));
                                  case "to", "slow/to" ->
                                    Verdict.forward(message.withTopic(message.payload().asUtf8()));
                                  case "drop" -> Verdict.drop();
                                  case "quota" -> Verdict.reject(ReasonCode.QUOTA_EXCEEDED, "for a test");
                                  case "odd" -> Verdict.reject(ReasonCode.BANNED, "for a test");
                                  case "throw" -> throw new IllegalStateException("for a test");
                                  case "null" -> null;
                                  default -> Verdict.forward(message); }; } }
                            """));
    }

    @AfterAll
    void stop() {
        gatehouse.close();
        board.close();
    }

    @Test
    void rewritesThePayload() throws IOException {
        try (TestClient subscriber = gatehouse.connected("subscriber");
                TestClient publisher = gatehouse.connected("publisher")) {
            subscriber.subscribe("loud");
            assertThat(publisher.publish("loud", "hello")).isEqualTo(ReasonCode.SUCCESS);
            assertThat(subscriber.receiveText()).isEqualTo("HELLO");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"to", "slow/to"})
    void authorizesARewrittenTopicAgain(String topic) throws IOException {
        try (TestClient subscriber = gatehouse.connected("subscriber");
                TestClient publisher = gatehouse.connected("publisher")) {
            subscriber.subscribe("permitted/#");
            assertThat(publisher.publish(topic, "permitted/1")).isEqualTo(ReasonCode.SUCCESS);
            assertThat(subscriber.receive().topic()).isEqualTo("permitted/1");
            assertThat(publisher.publish(topic, "forbidden/1")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(publisher.publish(topic, "slow/deny")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void acknowledgesWhatItDrops() throws IOException {
        try (TestClient subscriber = gatehouse.connected("subscriber");
                TestClient publisher = gatehouse.connected("publisher")) {
            subscriber.subscribe("#");
            assertThat(publisher.publish("drop", "")).isEqualTo(ReasonCode.SUCCESS);
            Message twice = Messages.message("drop", "", Qos.EXACTLY_ONCE);
            publisher.send(new Publish(twice, false, 9, 0, List.of()));
            assertThat(publisher.expect(PubRec.class).reason()).isEqualTo(ReasonCode.SUCCESS);
            publisher.publish("other", "other");
            assertThat(subscriber.receiveText()).isEqualTo("other");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "quota, QUOTA_EXCEEDED",
        "odd, UNSPECIFIED_ERROR",
        "throw, IMPLEMENTATION_SPECIFIC_ERROR",
        "null, IMPLEMENTATION_SPECIFIC_ERROR"
    })
    void tellsThePublisherWhyTheMessageIsRefused(String topic, ReasonCode reason) throws IOException {
        try (TestClient subscriber = gatehouse.connected("subscriber");
                TestClient publisher = gatehouse.connected("publisher");
                TestClient old = gatehouse.connected(Connects.of(MqttVersion.V3_1_1, "old"))) {
            subscriber.subscribe("#");
            long before = gatehouse.view().statistics().publishesRefused();
            assertThat(publisher.publish(topic, "")).isEqualTo(reason);
            assertThat(old.publish(topic, "")).isEqualTo(ReasonCode.SUCCESS);
            assertThat(gatehouse.view().statistics().publishesRefused()).isEqualTo(before + 2);
            publisher.publish("other", "other");
            assertThat(subscriber.receiveText()).isEqualTo("other");
        }
    }

    @Test
    void looksAtWillsWhenTheyAreSent() throws IOException {
        try (TestClient heir = gatehouse.connected("heir")) {
            heir.subscribe("#");
            leaveWill("to", "forbidden/1");
            leaveWill("drop", "dropped");
            leaveWill("loud", "gone");
            assertThat(heir.receiveText()).isEqualTo("GONE");
        }
    }

    @Test
    void isAskedOnceForEachMessageEvenWhenASourceHasToAskSomebody() throws IOException {
        try (TestClient publisher = gatehouse.connected("publisher")) {
            publisher.publish("to", "slow/elsewhere");
            publisher.publish("slow/other", "once");
            assertThat(board.words("seen to")).containsOnlyOnce("slow/elsewhere");
            assertThat(board.words("seen slow/other")).containsExactly("once");
        }
    }

    private void leaveWill(String topic, String text) throws IOException {
        Message will = Message.of(topic, Payload.ofUtf8(text));
        gatehouse
                .connected(Connects.withWill(Connects.v5("testator-" + topic), will))
                .close();
    }
}
