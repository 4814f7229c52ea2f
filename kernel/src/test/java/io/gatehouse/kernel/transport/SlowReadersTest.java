package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.fakes.Bounds;
import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.broker.SessionInfo;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do not read: bounded, disconnected in the end, and nobody else notices. */
@Timeout(120)
class SlowReadersTest {
    private static final int QUEUE_BYTES = 256 * 1024;
    private static final int LARGE = 60_000;

    private NetworkBroker broker = broker(Duration.ofMinutes(1));

    private static NetworkBroker broker(Duration slowConsumerTimeout) {
        return new NetworkBroker(
                TestConfigs.mqtt(20, 20, 1_000),
                new Bounds()
                        .queueSize(QUEUE_BYTES)
                        .slowConsumerTimeout(slowConsumerTimeout)
                        .build());
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private void restart(Duration slowConsumerTimeout) {
        broker.close();
        broker = broker(slowConsumerTimeout);
    }

    private static void publish(WireClient publisher, String topic, String text) throws IOException {
        Message message = Message.of(topic, Payload.ofUtf8(text)).withQos(Qos.AT_LEAST_ONCE);
        publisher.send(new Publish(message, false, 1, 0, List.of()));
        assertThat(publisher.receive(PubAck.class).reason().isFailure()).isFalse();
    }

    private long dropped() {
        return broker.core.bounds().get().dropped().getOrDefault("queue-full", 0L);
    }

    @Test
    void oneThatNeverReadsDelaysNobodyAmongFifty() throws Exception {
        int messages = 200;
        WireClient slow = broker.connect("slow");
        slow.subscribe("+", Qos.AT_MOST_ONCE);
        WireClient publisher = broker.connect("publisher");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> others = new ArrayList<>();
            for (int i = 0; i < 49; i++) {
                WireClient fast = broker.connect("fast-" + i);
                fast.subscribe("small", Qos.AT_LEAST_ONCE);
                others.add(threads.submit(() -> receive(fast, messages)));
            }
            for (int i = 0; i < messages; i++) {
                publish(publisher, "large", "x".repeat(LARGE));
                publish(publisher, "small", Integer.toString(i));
            }

            List<String> all =
                    IntStream.range(0, messages).mapToObj(Integer::toString).toList();
            for (Future<List<String>> other : others) {
                assertThat(other.get()).isEqualTo(all);
            }
        }
        assertThat(dropped()).isPositive();
        assertThat(broker.core.broker().view().session("slow").map(SessionInfo::queued))
                .hasValueSatisfying(queued -> assertThat(queued).isLessThan(QUEUE_BYTES / 100));
        slow.close();
    }

    private static List<String> receive(WireClient client, int messages) throws IOException {
        List<String> texts = new ArrayList<>();
        while (texts.size() < messages) {
            Publish publish = client.receive(Publish.class);
            texts.add(publish.message().payload().asUtf8());
            client.send(new PubAck(publish.packetId()));
        }
        return texts;
    }

    @Test
    void disconnectsAClientThatTakesNothing() throws Exception {
        restart(Duration.ofSeconds(1));
        WireClient stuck = broker.connect("stuck");
        stuck.subscribe("a", Qos.AT_MOST_ONCE);
        WireClient publisher = broker.connect("publisher");
        while (dropped() == 0) {
            publish(publisher, "a", "x".repeat(LARGE));
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> broker.statistics().connections() == 1);

        assertThat(broker.core.bounds().get().slowConsumers()).isEqualTo(1);
        assertThat(broker.core.bounds().get().dropped().get("slow-consumer")).isPositive();
        publisher.ping();
        stuck.close();
    }

    @Test
    void keepsAClientThatReadsSlowlyButReads() throws Exception {
        Duration timeout = Duration.ofSeconds(3);
        restart(timeout);
        WireClient slow = broker.connect("slow");
        slow.subscribe("a", Qos.AT_MOST_ONCE);
        WireClient publisher = broker.connect("publisher");
        while (dropped() == 0) {
            publish(publisher, "a", "x".repeat(LARGE));
        }

        long end = System.nanoTime() + timeout.multipliedBy(2).toNanos();
        while (System.nanoTime() < end) {
            slow.receive(Publish.class);
            publish(publisher, "a", "x".repeat(LARGE)); // so that there is always something to read
            publisher.ping();
            Thread.sleep(50); // how slow it is, not a wait for anything
        }

        assertThat(broker.core.bounds().get().slowConsumers()).isZero();
        assertThat(broker.statistics().connections()).isEqualTo(2);
        slow.close();
    }
}
