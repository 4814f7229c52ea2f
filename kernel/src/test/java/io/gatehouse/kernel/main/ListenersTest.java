package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Listeners hear what happened, in order, beside another listener that always throws. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListenersTest {
    private final Board board = new Board();
    private RunningGatehouse gatehouse;

    @BeforeAll
    void start(@TempDir Path home) throws IOException, StartFailure {
        gatehouse = new RunningGatehouse(
                home,
                RunningGatehouse.OPEN + "mqtt.max-queue = 1\n",
                board.plugin("acme.listeners")
                        .source("Clients", """
                            @Component(name = "client-ears") public class Clients implements ClientListener {
                              public void connected(Client c, boolean present) { say(c, "connected " + present); }
                              public void refused(Client c, ReasonCode reason) { say(c, "refused " + reason); }
                              public void disconnected(Client c, ReasonCode reason) { say(c, "disconnected " + reason); }
                              public void subscribed(Client c, Subscription s) { say(c, "subscribed " + s.filter()); }
                              public void unsubscribed(Client c, String filter) { say(c, "unsubscribed " + filter); }
                              static void say(Client c, String what) { Board.say("client " + c.clientId(), what); } }
                            """)
                        .source("Messages", """
                            @Component(name = "message-ears") public class Messages implements MessageListener {
                              public void published(Client c, Message m) { say(c, "published", m); }
                              public void delivered(Client c, Message m) { say(c, "delivered", m); }
                              public void dropped(Client c, Message m, ReasonCode reason) { say(c, "dropped " + reason, m); }
                              static void say(Client c, String what, Message m) {
                                Board.say("message " + m.topic(), c.clientId() + " " + what + " " + m.payload().asUtf8()); } }
                            """)
                        .source("Clumsy", """
                            @Component(name = "clumsy") public class Clumsy implements ClientListener, MessageListener {
                              static RuntimeException oops() { return new IllegalStateException("for a test"); }
                              public void connected(Client c, boolean present) { throw oops(); }
                              public void disconnected(Client c, ReasonCode reason) { throw oops(); }
                              public void subscribed(Client c, Subscription s) { throw oops(); }
                              public void published(Client c, Message m) { throw oops(); }
                              public void delivered(Client c, Message m) { throw oops(); } }
                            """));
    }

    @AfterAll
    void stop() {
        gatehouse.close();
        board.close();
    }

    private void heardOfClient(String clientId, String... events) throws InterruptedException {
        for (String event : events) {
            assertThat(board.heard("client " + clientId)).isEqualTo(event);
        }
    }

    private void heardOfTopic(String topic, String... events) throws InterruptedException {
        for (String event : events) {
            assertThat(board.heard("message " + topic)).isEqualTo(event);
        }
    }

    @Test
    void hearOfTheLifeOfAClientInOrder() throws IOException, InterruptedException {
        try (TestClient alice = gatehouse.connected("alice")) {
            alice.subscribe("a/#");
            alice.unsubscribe("a/#");
            alice.send(new Disconnect(ReasonCode.SUCCESS));
            alice.expectClosed();
        }
        heardOfClient("alice", "connected false", "subscribed a/#", "unsubscribed a/#", "disconnected SUCCESS");
    }

    @Test
    void hearOfATakeOverAsAnEndAndABeginning() throws IOException, InterruptedException {
        try (TestClient first = gatehouse.connected(Connects.resuming("bob"));
                TestClient second = gatehouse.open()) {
            second.connect(Connects.resuming("bob"));
            assertThat(first.disconnected()).isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
            heardOfClient("bob", "connected false", "disconnected SESSION_TAKEN_OVER", "connected true");
        }
    }

    @Test
    void hearWhoWasRefused() throws IOException, InterruptedException {
        try (TestClient client = gatehouse.open()) {
            client.tryConnect(Connects.withMethod("mallory", "SIGN", ""));
            heardOfClient("mallory", "refused BAD_AUTHENTICATION_METHOD");
        }
    }

    @Test
    void hearOfMessagesInOrder() throws IOException, InterruptedException {
        try (TestClient subscriber = gatehouse.connected("subscriber");
                TestClient publisher = gatehouse.connected("publisher")) {
            subscriber.subscribe("m");
            publisher.publish("m", "1");
            subscriber.receive();
            heardOfTopic("m", "publisher published 1", "subscriber delivered 1");
            publisher.publish("m", "2");
            subscriber.receive();
            heardOfTopic("m", "publisher published 2", "subscriber delivered 2");
        }
    }

    @Test
    void hearWhyASubscriberDoesNotGetAMessage() throws IOException, InterruptedException {
        try (TestClient sleeper = gatehouse.connected(Connects.resuming("sleeper"))) {
            sleeper.subscribe("q");
        }
        heardOfClient("sleeper", "connected false", "subscribed q", "disconnected UNSPECIFIED_ERROR");
        try (TestClient publisher = gatehouse.connected("publisher")) {
            publisher.publish("q", "1");
            publisher.publish("q", "2");
            heardOfTopic("q", "publisher published 1", "publisher published 2", "sleeper dropped QUOTA_EXCEEDED 2");
        }
    }

    @Test
    void areCountedWhenTheyThrow() throws IOException {
        long before = gatehouse.module("clumsy").failures();
        try (TestClient client = gatehouse.connected("carol")) {
            client.ping();
            await().until(() -> gatehouse.module("clumsy").failures() > before);
        }
    }
}
