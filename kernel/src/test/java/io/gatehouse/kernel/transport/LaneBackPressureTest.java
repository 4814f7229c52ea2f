package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.fakes.Bounds;
import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lane that is behind slows down those who publish to it, and nothing is lost. */
@Timeout(120)
class LaneBackPressureTest {
    private static final int MESSAGES = 8_000;
    private static final String TEXT = "x".repeat(2_000);

    private final NetworkBroker broker = new NetworkBroker(
            TestConfigs.mqtt(20, 20, 100_000),
            new Bounds().handoverSize(64 * 1024).build());
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void stop() {
        goOn.countDown();
        broker.close();
    }

    @Test
    void holdsPublishersBackUntilTheLaneHasCaughtUp() throws Exception {
        WireClient subscriber = broker.connect(broker.clientIdOfLane(1));
        subscriber.subscribe("a", Qos.AT_MOST_ONCE);
        WireClient publisher = broker.connect(broker.clientIdOfLane(0));
        CountDownLatch standsStill = standStill(broker.loops.lanes().all().get(1));
        assertThat(standsStill.await(20, TimeUnit.SECONDS)).isTrue();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> flood = threads.submit(() -> publish(publisher));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> broker.core.bounds().get().publishersHeld() > 0);
            long taken = broker.statistics().messagesReceived();
            assertThat(flood.isDone()).isFalse(); // TCP holds it back
            assertThat(taken).isLessThan(MESSAGES / 2);

            goOn.countDown();

            for (int i = 0; i < MESSAGES; i++) {
                assertThat(subscriber.receive(Publish.class).message().payload().asUtf8())
                        .isEqualTo(i + TEXT);
            }
            flood.get();
        }
        assertThat(broker.statistics().messagesDropped()).isZero();
    }

    private CountDownLatch standStill(Lane lane) {
        CountDownLatch begun = new CountDownLatch(1);
        lane.execute(() -> {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return begun;
    }

    private static Object publish(WireClient publisher) throws IOException {
        for (int i = 0; i < MESSAGES; i++) {
            Message message = Message.of("a", Payload.ofUtf8(i + TEXT));
            publisher.send(new Publish(message, false, 0, 0, List.of()));
        }
        return MESSAGES;
    }
}
