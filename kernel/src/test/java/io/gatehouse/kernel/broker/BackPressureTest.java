package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect311;
import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.Bounds;
import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.fakes.TestLane;
import io.gatehouse.kernel.fakes.TestMemory;
import io.gatehouse.kernel.memory.MemoryLevel;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Publishers are slowed down before anything is refused, and what was acknowledged is not lost. */
class BackPressureTest {
    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final Duration LONG = BackPressure.PATIENCE.plus(MOMENT);

    private final TestMemory memory = new TestMemory();
    private final TestBroker broker = new TestBroker(
            TestConfigs.of(TestConfigs.MQTT, new Bounds().handoverSize(2_000).build()), Durability.IN_MEMORY, memory);

    private static Publish publish(Qos qos, int packetId) {
        return publish(message("a", "m", qos), packetId);
    }

    private static Publish publish(Message message, int packetId) {
        return new Publish(message, false, packetId, 0, List.of());
    }

    /** A client whose lane is the one with this number. */
    private TestClient connectOn(int lane, String name) {
        Lanes lanes = new Lanes(List.copyOf(broker.lanes));
        String clientId = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> name + i)
                .filter(id -> lanes.of(id).index() == lane)
                .findFirst()
                .orElseThrow();
        return broker.connect(connect5(clientId, true, 0));
    }

    private TestClient publisher() {
        TestClient client = broker.connect(connect5("p", true, 0));
        client.link.take();
        return client;
    }

    @Test
    void holdsAPublisherWhileMemoryIsFullAndTakesItsMessageLater() {
        TestClient subscriber = broker.connect(connect5("s", true, 0));
        subscriber.subscribe("a", Qos.AT_LEAST_ONCE);
        TestClient publisher = publisher();
        memory.set(MemoryLevel.FULL);

        publisher.send(publish(Qos.AT_LEAST_ONCE, 1));
        broker.advance(MOMENT);
        assertThat(publisher.link.held).isTrue();
        assertThat(publisher.link.sent()).isEmpty();
        memory.set(MemoryLevel.TIGHT);
        broker.advance(MOMENT);

        assertThat(publisher.link.held).isFalse();
        assertThat(publisher.link.sent()).containsExactly(new PubAck(1));
        assertThat(subscriber.link.payloads()).containsExactly("m");
        assertThat(broker.core.bounds().get().publishersHeld()).isEqualTo(1);
    }

    @Test
    void refusesWhatHasWaitedLongEnough() {
        TestClient publisher = publisher();
        memory.set(MemoryLevel.FULL);

        publisher.send(publish(Qos.AT_LEAST_ONCE, 1));
        broker.advance(LONG);
        publisher.send(publish(Qos.EXACTLY_ONCE, 2));
        broker.advance(LONG);
        publisher.send(publish(Qos.AT_MOST_ONCE, 0));
        broker.advance(LONG);

        assertThat(publisher.link.sent())
                .containsExactly(
                        new PubAck(1, ReasonCode.QUOTA_EXCEEDED, null, List.of()),
                        new PubRec(2, ReasonCode.QUOTA_EXCEEDED, null, List.of()));
        assertThat(publisher.link.held).isFalse();
        assertThat(publisher.context.session().isAwaitingRelease(2)).isFalse();
        assertThat(broker.core.bounds().get().publishesRefused()).isEqualTo(3);
    }

    @Test
    void acknowledgesNothingToOldClientsThatItDoesNotTake() {
        TestClient old = broker.connect(connect311("old", true));
        old.link.take();
        memory.set(MemoryLevel.FULL);

        old.send(publish(Qos.AT_LEAST_ONCE, 1));
        broker.advance(LONG);

        assertThat(old.link.sent()).isEmpty();
        assertThat(old.link.closed).isTrue();
    }

    @Test
    void acknowledgesAgainWhatItTookBefore() {
        TestClient publisher = publisher();
        publisher.send(publish(Qos.EXACTLY_ONCE, 1));
        memory.set(MemoryLevel.FULL);
        publisher.link.take();

        publisher.send(publish(Qos.EXACTLY_ONCE, 1));

        assertThat(publisher.link.sent()).containsExactly(new PubRec(1));
    }

    @Test
    void refusesLargeMessagesAtOnceBecauseHoldingThemTakesMemoryToo() {
        TestClient publisher = publisher();
        memory.set(MemoryLevel.FULL);

        publisher.send(publish(message("a", "x".repeat(3 * 1024 * 1024), Qos.AT_LEAST_ONCE), 1));

        assertThat(publisher.link.sent()).containsExactly(new PubAck(1, ReasonCode.QUOTA_EXCEEDED, null, List.of()));
        assertThat(publisher.link.held).isFalse();
    }

    @Test
    void forgetsWhatAClientThatIsGoneWantedToPublish() {
        TestClient subscriber = broker.connect(connect5("s", true, 0));
        subscriber.subscribe("a", Qos.AT_LEAST_ONCE);
        TestClient publisher = publisher();
        memory.set(MemoryLevel.FULL);
        publisher.send(publish(Qos.AT_LEAST_ONCE, 1));
        publisher.lose();

        memory.set(MemoryLevel.NORMAL);
        broker.advance(MOMENT);

        assertThat(subscriber.link.payloads()).isEmpty();
    }

    @Test
    void refusesSubscriptionsAndWhatPluginsPublishWhileMemoryIsFull() {
        TestClient client = publisher();
        memory.set(MemoryLevel.FULL);

        assertThat(client.subscribe("b", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(broker.core
                        .broker()
                        .publish(message("a", "m", Qos.AT_MOST_ONCE))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void pausesAPublisherWhileAnotherLaneIsBehind() {
        TestClient subscriber = connectOn(1, "s");
        subscriber.subscribe("a", Qos.AT_MOST_ONCE);
        TestClient publisher = connectOn(0, "p");
        TestLane own = broker.lanes.getFirst();
        Message large = message("a", "x".repeat(3_000), Qos.AT_MOST_ONCE);

        // Only the publisher's lane runs.
        broker.core.dispatcher().packet(publisher.context, publish(large, 0));
        own.run();
        assertThat(publisher.link.held).isFalse(); // the lane knows since the end of its round
        broker.core.dispatcher().packet(publisher.context, publish(large, 0));
        own.run();
        assertThat(publisher.link.held).isTrue();
        assertThat(subscriber.link.payloads()).isEmpty();
        broker.settle();

        assertThat(publisher.link.held).isFalse();
        assertThat(subscriber.link.payloads()).hasSize(2);
        assertThat(subscriber.link.sent(Disconnect.class)).isEmpty();
    }
}
