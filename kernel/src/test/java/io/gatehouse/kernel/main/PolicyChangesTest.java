package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin says about a change of policy reaches the clients that are connected already. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyChangesTest {
    private final Board board = new Board();
    private RunningGatehouse gatehouse;

    @BeforeAll
    void start(@TempDir Path home) throws IOException, StartFailure {
        gatehouse = new RunningGatehouse(
                home,
                """
                authentication.chain = [auth-all]
                authorization { sources = [authz-changing], no-match = deny }
                """,
                board.plugin("acme.policy")
                        .source("Changing", """
                            @Component(name = "authz-changing") public class Changing implements Authorizer {
                              public Decision decide(Client client, Action action) {
                                return action.topic().startsWith(Board.fact("forbidden")) ? Decision.DENY : Decision.ALLOW; } }
                            """)
                        .source("Ears", """
                            @Component(name = "ears") public class Ears implements ClientListener {
                              public void unsubscribed(Client client, String filter) {
                                Board.say("unsubscribed", client.clientId() + " " + filter); } }
                            """)
                        .source("Announcer", """
                            @Component(name = "announcer", service = Announcer.class, immediate = true)
                            public class Announcer {
                              @Activate public Announcer(@Reference PolicyChanges changes) {
                                Board.offer("changed for all", any -> { changes.changedForAll(); return ""; });
                                Board.offer("changed for", name -> {
                                  changes.changedFor(client -> client.username().equals(name)); return ""; });
                                Board.offer("revoked", name -> {
                                  changes.revoked(client -> client.username().equals(name)); return ""; }); } }
                            """));
    }

    @BeforeEach
    void forbidNothing() {
        board.fact("forbidden", "nothing");
    }

    @AfterAll
    void stop() {
        gatehouse.close();
        board.close();
    }

    @Test
    void disconnectsWhoWasRevoked() throws IOException {
        try (TestClient alice = gatehouse.connected("alice");
                TestClient bob = gatehouse.connected("bob")) {
            board.use("revoked", "alice");
            assertThat(alice.disconnected()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            bob.ping();
        }
    }

    @Test
    void endsSubscriptionsThatAreNoLongerPermittedAndLeavesTheOthers() throws IOException, InterruptedException {
        try (TestClient amy = gatehouse.connected("amy");
                TestClient publisher = gatehouse.connected("publisher")) {
            amy.subscribe("secret/1");
            amy.subscribe("open/1");
            assertThat(publisher.publish("secret/1", "1")).isEqualTo(ReasonCode.SUCCESS);
            assertThat(amy.receiveText()).isEqualTo("1");
            board.fact("forbidden", "secret");
            board.use("changed for all", "");
            assertThat(unsubscribed("amy")).isEqualTo("amy secret/1");
            assertThat(gatehouse.view().session("amy").orElseThrow().subscriptions())
                    .isEqualTo(1);
            publisher.publish("open/1", "2");
            assertThat(amy.receiveText()).isEqualTo("2");
        }
    }

    /** The next that this client lost; the sessions of other tests lose theirs when they end. */
    private String unsubscribed(String client) throws InterruptedException {
        String event = board.heard("unsubscribed");
        while (!event.startsWith(client)) {
            event = board.heard("unsubscribed");
        }
        return event;
    }

    @Test
    void dropsDecisionsThatWereRemembered() throws IOException {
        try (TestClient alice = gatehouse.connected("alice")) {
            AtomicInteger topic = new AtomicInteger();
            await("decisions are remembered when the authorizer has served its probation")
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> isRemembered(alice, "secret/2-" + topic.incrementAndGet()));
            board.use("changed for all", "");
            assertThat(alice.publish("secret/2-" + topic.get(), "")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    /** True when what was permitted still is although the plugin would deny it. */
    private boolean isRemembered(TestClient client, String topic) throws IOException {
        board.fact("forbidden", "none");
        assertThat(client.publish(topic, "")).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
        board.fact("forbidden", "secret");
        return client.publish(topic, "") == ReasonCode.NO_MATCHING_SUBSCRIBERS;
    }

    @Test
    void judgesOnlyThoseAgainWhoAreAffected() throws IOException, InterruptedException {
        try (TestClient alice = gatehouse.connected("alice");
                TestClient bob = gatehouse.connected("bob")) {
            alice.subscribe("secret/3");
            bob.subscribe("secret/3");
            board.fact("forbidden", "secret");
            board.use("changed for", "bob");
            assertThat(unsubscribed("bob")).isEqualTo("bob secret/3");
            assertThat(gatehouse.view().session("alice").orElseThrow().subscriptions())
                    .isEqualTo(1);
        }
    }
}
