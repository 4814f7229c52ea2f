package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Interceptors that have to ask somebody: one client waits, in order, and nobody else does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlockingInterceptorsTest {
    /** More than there are lanes, so that some share the lane of the one who waits. */
    private static final int OTHERS = 12;

    private final Board board = new Board();
    private RunningGatehouse gatehouse;

    @BeforeAll
    void start(@TempDir Path home) throws IOException, StartFailure {
        gatehouse = new RunningGatehouse(
                home,
                RunningGatehouse.OPEN + "interceptors { publish = [asker], subscribe = [asker], delivery = [asker] }",
                board.plugin("acme.blocking").source("Asker", """
                    @Component(name = "asker") @Blocking public class Asker implements
                        PublishInterceptor, SubscribeInterceptor, DeliveryInterceptor {
                      public Verdict<Message> onPublish(Client publisher, Message message) throws Exception {
                        return ask("publish " + message.payload().asUtf8(), message); }
                      public Verdict<Subscription> onSubscribe(Client subscriber, Subscription one) throws Exception {
                        return ask("subscribe " + one.filter(), one); }
                      public Verdict<Message> onDeliver(Client subscriber, Message message) throws Exception {
                        return ask("deliver " + message.payload().asUtf8() + " to " + subscriber.clientId(),
                          message.withPayload(Payload.ofUtf8(message.payload().asUtf8() + "!"))); }
                      static <T> Verdict<T> ask(String what, T value) throws Exception {
                        if (what.contains("wait")) {
                          Board.say("asked", what);
                          Board.await(what);
                        }
                        return Verdict.forward(value); } }
                    """));
    }

    @AfterAll
    void stop() {
        gatehouse.close();
        board.close();
    }

    @Test
    void keepTheOrderOfAPublisherAndDelayNobodyElse() throws IOException, InterruptedException {
        try (TestClient listener = gatehouse.connected("listener");
                TestClient waiting = gatehouse.connected("publisher")) {
            listener.subscribe("p");
            waiting.sendPublish("p", "wait-p");
            waiting.sendPublish("p", "second");
            assertThat(board.heard("asked")).isEqualTo("publish wait-p");
            for (int i = 0; i < OTHERS; i++) {
                try (TestClient other = gatehouse.connected("other-" + i)) {
                    other.publish("p", "other");
                    assertThat(listener.receiveText()).isEqualTo("other!");
                }
            }
            board.open("publish wait-p");
            board.open("deliver wait-p to listener");
            assertThat(waiting.expect(PubAck.class).packetId()).isEqualTo(1);
            assertThat(waiting.expect(PubAck.class).packetId()).isEqualTo(2);
            assertThat(board.heard("asked")).isEqualTo("deliver wait-p to listener");
            assertThat(listener.receiveText()).isEqualTo("wait-p!");
            assertThat(listener.receiveText()).isEqualTo("second!");
        }
    }

    @Test
    void keepTheOrderOfADeliveryAndDelayNobodyElse() throws IOException, InterruptedException {
        try (TestClient waiting = gatehouse.connected("subscriber");
                TestClient publisher = gatehouse.connected("publisher")) {
            waiting.subscribe("d/+");
            board.open("publish wait-d");
            publisher.publish("d/1", "wait-d");
            assertThat(board.heard("asked")).isEqualTo("publish wait-d");
            publisher.publish("d/2", "second");
            assertThat(board.heard("asked")).isEqualTo("deliver wait-d to subscriber");
            for (int i = 0; i < OTHERS; i++) {
                try (TestClient other = gatehouse.connected("other-" + i)) {
                    other.subscribe("d/2");
                    publisher.publish("d/2", "third");
                    assertThat(other.receiveText()).isEqualTo("third!");
                }
            }
            board.open("deliver wait-d to subscriber");
            assertThat(waiting.receiveText()).isEqualTo("wait-d!");
            assertThat(waiting.receiveText()).isEqualTo("second!");
            assertThat(waiting.receiveText()).isEqualTo("third!");
        }
    }

    @Test
    void keepTheOrderOfASubscriberAndDelayNobodyElse() throws IOException, InterruptedException {
        try (TestClient waiting = gatehouse.connected("subscriber")) {
            waiting.send(new Subscribe(7, List.of(Subscription.of("wait", Qos.AT_MOST_ONCE)), 0, List.of()));
            waiting.send(new PingReq());
            assertThat(board.heard("asked")).isEqualTo("subscribe wait");
            for (int i = 0; i < OTHERS; i++) {
                try (TestClient other = gatehouse.connected("other-" + i)) {
                    other.subscribe("other");
                }
            }
            board.open("subscribe wait");
            assertThat(waiting.expect(SubAck.class).packetId()).isEqualTo(7);
            waiting.expect(PingResp.class);
        }
    }
}
