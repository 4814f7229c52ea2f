package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect311;
import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static io.gatehouse.kernel.fakes.Messages.retained;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.config.QueueOverflow;
import io.gatehouse.kernel.fakes.Bounds;
import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.fakes.TestMemory;
import io.gatehouse.kernel.memory.MemoryLevel;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.sdk.event.MessageListener;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the broker holds in all, and what clients are told when it is too much. */
class BoundsTest {
    private final TestMemory memory = new TestMemory();

    private TestBroker broker(Bounds bounds) {
        return broker(TestConfigs.MQTT, bounds);
    }

    private TestBroker broker(MqttConfig mqtt, Bounds bounds) {
        return new TestBroker(TestConfigs.of(mqtt, bounds.build()), Durability.IN_MEMORY, memory);
    }

    private static MqttConfig withoutRetained() {
        MqttConfig some = TestConfigs.MQTT;
        return new MqttConfig(
                some.maxPacketSize(),
                some.connectTimeout(),
                some.maxKeepAlive(),
                some.maxInflight(),
                some.receiveMaximum(),
                some.maxQueue(),
                some.awaitingRelTimeout(),
                some.sessionExpiry(),
                some.maxSessionExpiry(),
                some.topicAliasMaximum(),
                some.maxTopicLevels(),
                some.maxClientIdLength(),
                some.maxSubscriptions(),
                0);
    }

    private static ReasonCode answer(TestBroker broker, String clientId) {
        return broker.connect(connect5(clientId, false, 100)).connAck().reason();
    }

    @Test
    void refusesTheConnectThatWouldBeginOneSessionTooMany() {
        TestBroker broker = broker(new Bounds().sessions(2)).listening();
        TestClient first = broker.connect(connect5("first", false, 100));
        broker.connect(connect5("second", true, 0)).lose();
        assertThat(answer(broker, "third")).isEqualTo(ReasonCode.SUCCESS);
        first.lose();

        assertThat(answer(broker, "fourth")).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(answer(broker, "first")).isEqualTo(ReasonCode.SUCCESS); // it has a session

        assertThat(broker.statistics().sessions()).isEqualTo(2);
        assertThat(broker.statistics().connectsRefused()).isEqualTo(1);
        assertThat(broker.core.bounds().get().sessionsRefused()).isEqualTo(1);
        assertThat(broker.events).contains("refused fourth QUOTA_EXCEEDED");
    }

    @Test
    void letsAClientWithASessionBeginANewOneAlthoughThereIsNoRoomForMore() {
        TestBroker broker = broker(new Bounds().sessions(1));
        broker.connect(connect5("c", false, 100)).lose();

        assertThat(broker.connect(connect5("c", true, 100)).connAck().reason()).isEqualTo(ReasonCode.SUCCESS);
        assertThat(broker.statistics().sessions()).isEqualTo(1);
    }

    @Test
    void beginsNoSessionsWhileMemoryIsTightButResumesThem() {
        TestBroker broker = broker(new Bounds());
        broker.connect(connect5("old", false, 100)).lose();
        memory.set(MemoryLevel.TIGHT);

        assertThat(answer(broker, "new")).isEqualTo(ReasonCode.SERVER_BUSY);
        assertThat(answer(broker, "old")).isEqualTo(ReasonCode.SUCCESS);

        memory.set(MemoryLevel.NORMAL);
        assertThat(answer(broker, "new")).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void boundsTheSubscriptionsOfAllTogether() {
        TestBroker broker = broker(new Bounds().subscriptions(2));
        TestClient one = broker.connect(connect5("one", true, 0));
        TestClient other = broker.connect(connect5("other", true, 0));
        one.subscribe("a", Qos.AT_MOST_ONCE);
        other.subscribe("a", Qos.AT_MOST_ONCE);

        assertThat(one.subscribe("b", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(one.subscribe("a", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        other.unsubscribe("a");
        assertThat(one.subscribe("b", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void tellsThatThereAreNoRetainedMessagesWhenNoneMayBeKept() {
        TestBroker broker = broker(withoutRetained(), new Bounds());
        TestClient client = broker.connect(connect5("c", true, 0));
        assertThat(client.connAck().properties().retainAvailable()).isFalse();

        client.send(new Publish(retained("a", "m", Qos.AT_LEAST_ONCE), false, 1, 0, List.of()));

        assertThat(client.link.sent(Disconnect.class)).containsExactly(new Disconnect(ReasonCode.RETAIN_NOT_SUPPORTED));
    }

    @Test
    void refusesAWillToBeRetainedWhenNoneMayBeKept() {
        TestBroker broker = broker(withoutRetained(), new Bounds());

        TestClient client = broker.connect(connect5("c", true, 0, new Will(retained("w", "m", Qos.AT_MOST_ONCE), 0)));

        assertThat(client.connAck().reason()).isEqualTo(ReasonCode.RETAIN_NOT_SUPPORTED);
    }

    @Test
    void deliversWhatItCannotRetainWhenThePublisherCannotBeTold() {
        TestBroker broker = broker(new Bounds().retainedSize(500));
        TestClient subscriber = broker.connect(connect5("s", true, 0));
        subscriber.subscribe("a/#", Qos.AT_LEAST_ONCE);
        TestClient old = broker.connect(connect311("old", true));
        TestClient present = broker.connect(connect5("present", true, 0));

        old.publish(retained("a/1", "x".repeat(300), Qos.AT_LEAST_ONCE), 1);
        old.publish(retained("a/2", "y".repeat(300), Qos.AT_LEAST_ONCE), 2);
        present.send(new Publish(retained("a/3", "z".repeat(300), Qos.AT_MOST_ONCE), false, 0, 0, List.of()));

        assertThat(subscriber.link.payloads()).hasSize(3);
        assertThat(broker.statistics().retained()).isEqualTo(1);
        assertThat(broker.core.bounds().get().retainedRefused()).isEqualTo(2);
        assertThat(present.publish(retained("a/4", "x".repeat(300), Qos.AT_LEAST_ONCE), 1))
                .isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void countsWhatIsDroppedByReasonAndTellsListeners() {
        TestBroker broker = broker(new Bounds());
        List<String> dropped = new CopyOnWriteArrayList<>();
        broker.plugins.listener(new MessageListener() {
            @Override
            public void dropped(Client subscriber, Message message, ReasonCode reason) {
                dropped.add(message.payload().asUtf8() + " " + reason);
            }
        });
        TestClient away = broker.connect(connect5("away", false, 100));
        away.subscribe("a", Qos.AT_LEAST_ONCE);
        away.lose();
        TestClient publisher = broker.connect(connect5("p", true, 0));

        for (int i = 0; i < 12; i++) {
            publisher.publish(message("a", "m" + i, Qos.AT_LEAST_ONCE), 1);
        }

        assertThat(broker.core.bounds().get().dropped())
                .containsEntry("queue-full", 2L)
                .containsEntry("slow-consumer", 0L);
        assertThat(broker.statistics().messagesDropped()).isEqualTo(2);
        broker.until(() -> dropped.equals(List.of("m10 QUOTA_EXCEEDED", "m11 QUOTA_EXCEEDED")));
    }

    @Test
    void disconnectsAClientWhoseQueueIsFullWhenItIsToldTo() {
        TestBroker broker = broker(new Bounds().overflow(QueueOverflow.DISCONNECT));
        TestClient slow = broker.connect(connect5("slow", false, 100));
        slow.subscribe("a", Qos.AT_LEAST_ONCE);
        TestClient publisher = broker.connect(connect5("p", true, 0));
        slow.link.take();

        for (int i = 0; i < 16; i++) { // 4 in flight and 10 in the queue
            publisher.publish(message("a", "m" + i, Qos.AT_LEAST_ONCE), 1);
        }

        assertThat(slow.link.closed).isTrue();
        assertThat(slow.link.sent(Disconnect.class)).containsExactly(new Disconnect(ReasonCode.QUOTA_EXCEEDED));
        assertThat(broker.core.bounds().get().overflowed()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(QueueOverflow.class)
    void dropsASharedMessageOnlyWhenNoMemberHasRoom(QueueOverflow overflow) {
        TestBroker broker = broker(new Bounds().overflow(overflow));
        List<TestClient> members = Stream.of("m0", "m1", "away") // on both lanes
                .map(name -> broker.connect(connect5(name, false, 100)))
                .toList();
        members.forEach(member -> member.subscribe("$share/g/a", Qos.AT_LEAST_ONCE));
        members.getLast().lose();
        TestClient publisher = broker.connect(connect5("p", true, 0));
        int room = 2 * (4 + 10) + 10; // 4 in flight for those that are there, and 10 in each queue

        for (int i = 0; i < room; i++) {
            publisher.publish(message("a", "m" + i, Qos.AT_LEAST_ONCE), 1);
        }
        assertThat(broker.statistics().messagesDropped()).isZero();
        publisher.publish(message("a", "one too many", Qos.AT_LEAST_ONCE), 1);

        assertThat(broker.statistics().messagesDropped()).isEqualTo(1);
        assertThat(broker.core.bounds().get().dropped()).containsEntry("queue-full", 1L);
        assertThat(members.stream().filter(member -> member.link.closed))
                .hasSize(overflow == QueueOverflow.DISCONNECT ? 2 : 1);
    }

    @Test
    void countsQos0ThatWaitsWhenAConnectionIsLostAndTellsListeners() {
        TestBroker broker = broker(new Bounds());
        List<String> dropped = new CopyOnWriteArrayList<>();
        broker.plugins.listener(new MessageListener() {
            @Override
            public void dropped(Client subscriber, Message message, ReasonCode reason) {
                dropped.add(subscriber.clientId() + " " + message.payload().asUtf8() + " " + reason);
            }
        });
        TestClient slow = broker.connect(connect5("slow", false, 100));
        TestClient brief = broker.connect(connect5("short", true, 0));
        TestClient publisher = broker.connect(connect5("p", true, 0));
        for (TestClient subscriber : List.of(slow, brief)) {
            subscriber.subscribe("a", Qos.AT_LEAST_ONCE);
            subscriber.link.writable = false;
        }
        publisher.send(new Publish(message("a", "lost", Qos.AT_MOST_ONCE), false, 0, 0, List.of()));
        publisher.publish(message("a", "kept", Qos.AT_LEAST_ONCE), 1);

        slow.lose();
        broker.connect(connect5("slow", false, 100));
        brief.lose();

        assertThat(broker.core.bounds().get().dropped())
                .containsEntry("disconnected", 2L)
                .containsEntry("slow-consumer", 0L);
        assertThat(broker.statistics().messagesDropped()).isEqualTo(2);
        broker.until(() -> dropped.equals(List.of("slow lost UNSPECIFIED_ERROR", "short lost UNSPECIFIED_ERROR")));
    }

    @Test
    void disconnectsAClientThatDoesNotReadAndCountsWhatItLoses() {
        TestBroker broker = broker(new Bounds()).listening();
        TestClient slow = broker.connect(connect5("slow", false, 100));
        slow.subscribe("a", Qos.AT_LEAST_ONCE);
        slow.link.writable = false;
        TestClient publisher = broker.connect(connect5("p", true, 0));
        publisher.send(new Publish(message("a", "lost", Qos.AT_MOST_ONCE), false, 0, 0, List.of()));
        publisher.publish(message("a", "kept", Qos.AT_LEAST_ONCE), 1);

        broker.core.dispatcher().readsNothing(slow.context);
        broker.core.dispatcher().readsNothing(slow.context);
        slow.lose();

        assertThat(broker.core.bounds().get().slowConsumers()).isEqualTo(1);
        assertThat(broker.core.bounds().get().dropped()).containsEntry("slow-consumer", 1L);
        broker.until(() -> broker.events.contains("disconnected slow QUOTA_EXCEEDED"));
        TestClient back = broker.connect(connect5("slow", false, 100));
        assertThat(back.link.payloads()).containsExactly("kept");
    }

    @Test
    void givesAResumedSessionTheBoundsThatAreInForce() {
        TestBroker broker = broker(new Bounds());
        TestClient away = broker.connect(connect5("away", false, 100));
        away.subscribe("a", Qos.AT_LEAST_ONCE);
        away.lose();
        broker.settings.replace(TestConfigs.of(TestConfigs.mqtt(4, 3, 2), new Bounds().build()));
        broker.connect(connect5("away", false, 100)).lose();
        TestClient publisher = broker.connect(connect5("p", true, 0));

        for (int i = 0; i < 5; i++) {
            publisher.publish(message("a", "m" + i, Qos.AT_LEAST_ONCE), 1);
        }

        assertThat(broker.core.bounds().get().dropped()).containsEntry("queue-full", 3L);
    }

    @Test
    void boundsWhatPluginsPublish() {
        TestBroker broker = broker(new Bounds());
        Message message = Message.of("a", Payload.ofUtf8("m"));
        for (int i = 0; i < 10_000; i++) {
            assertThat(broker.core
                            .broker()
                            .publish(message)
                            .toCompletableFuture()
                            .isDone())
                    .isFalse();
        }

        assertThat(broker.core.broker().publish(message).toCompletableFuture().getNow(ReasonCode.SUCCESS))
                .isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        broker.settle();
        assertThat(broker.core.broker().publish(message).toCompletableFuture().isDone())
                .isFalse();
    }
}
