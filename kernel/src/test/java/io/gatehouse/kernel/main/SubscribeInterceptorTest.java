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

/** What a subscribe interceptor makes of a filter is what is authorized and in force; the client goes on to use its own words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscribeInterceptorTest {
    private final Board board = new Board();
    private RunningGatehouse gatehouse;

    @BeforeAll
    void start(@TempDir Path home) throws IOException, StartFailure {
        gatehouse = new RunningGatehouse(
                home,
                """
                authentication.chain = [auth-all]
                authorization { sources = [authz-forbidden], no-match = allow }
                interceptors.subscribe = [rewriter]
                """,
                board.plugin("acme.subscribe")
                        .source("Forbidden", """
                            @Component(name = "authz-forbidden") public class Forbidden implements Authorizer {
                              public Decision decide(Client client, Action action) {
                                return action.topic().startsWith("forbidden/") ? Decision.DENY : Decision.ALLOW; } }
                            """)
                        .source("Ears", """
                            @Component(name = "ears") public class Ears implements ClientListener {
                              public void subscribed(Client client, Subscription subscription) {
                                Board.say(client.clientId(), "subscribed " + subscription.filter()); }
                              public void unsubscribed(Client client, String filter) {
                                Board.say(client.clientId(), "unsubscribed " + filter); } }
                            """)
                        .source("Rewriter", """
                            @Component(name = "rewriter") public class Rewriter implements SubscribeInterceptor {
                              public Verdict<Subscription> onSubscribe(Client client, Subscription subscription) {
                                return switch (subscription.filter()) {
                                  case "mine" -> Verdict.forward(subscription.withFilter("users/" + client.username() + "/#"));
                                  case "once" -> Verdict.forward(subscription.withMaximumQos(Qos.AT_MOST_ONCE));
                                  case "to" -> Verdict.forward(subscription.withFilter("forbidden/1"));
                                  case "invalid" -> Verdict.forward(subscription.withFilter("a/#/b"));
                                  case "drop" -> Verdict.drop();
                                  case "quota" -> Verdict.reject(ReasonCode.QUOTA_EXCEEDED, "for a test");
                                  case "throw" -> throw new IllegalStateException("for a test");
                                  case "null" -> null;
                                  default -> Verdict.forward(subscription); }; } }
                            """));
    }

    @AfterAll
    void stop() {
        gatehouse.close();
        board.close();
    }

    @Test
    void rewritesTheFilterAndTheClientUnsubscribesWithItsOwn() throws IOException {
        try (TestClient alice = gatehouse.connected("alice");
                TestClient publisher = gatehouse.connected("publisher")) {
            assertThat(alice.subscribe("mine")).isEqualTo(ReasonCode.GRANTED_QOS_1);
            assertThat(publisher.publish("mine", "")).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
            assertThat(publisher.publish("users/alice/1", "hello")).isEqualTo(ReasonCode.SUCCESS);
            assertThat(alice.receive().topic()).isEqualTo("users/alice/1");
            assertThat(alice.unsubscribe("users/alice/#")).isEqualTo(ReasonCode.NO_SUBSCRIPTION_EXISTED);
            assertThat(alice.unsubscribe("mine")).isEqualTo(ReasonCode.SUCCESS);
            assertThat(publisher.publish("users/alice/1", "")).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
        }
    }

    @Test
    void listenersHearOfTheEndOfASubscriptionUnderTheNameOfItsBeginning() throws IOException, InterruptedException {
        try (TestClient bob = gatehouse.connected("bob")) {
            bob.subscribe("mine");
            bob.unsubscribe("mine");
            assertThat(board.heard("bob")).isEqualTo("subscribed mine");
            assertThat(board.heard("bob")).isEqualTo("unsubscribed mine");
        }
    }

    @Test
    void lowersTheQualityOfService() throws IOException {
        try (TestClient alice = gatehouse.connected("alice")) {
            assertThat(alice.subscribe("once")).isEqualTo(ReasonCode.SUCCESS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "to, NOT_AUTHORIZED",
        "drop, NOT_AUTHORIZED",
        "quota, QUOTA_EXCEEDED",
        "invalid, IMPLEMENTATION_SPECIFIC_ERROR",
        "throw, IMPLEMENTATION_SPECIFIC_ERROR",
        "null, IMPLEMENTATION_SPECIFIC_ERROR"
    })
    void refuses(String filter, ReasonCode reason) throws IOException {
        try (TestClient alice = gatehouse.connected("alice");
                TestClient old = gatehouse.connected(Connects.of(MqttVersion.V3_1_1, "old"))) {
            assertThat(alice.subscribe(filter)).isEqualTo(reason);
            assertThat(old.subscribe(filter)).isEqualTo(ReasonCode.UNSPECIFIED_ERROR);
            assertThat(gatehouse.view().session("alice").orElseThrow().subscriptions())
                    .isZero();
        }
    }
}
