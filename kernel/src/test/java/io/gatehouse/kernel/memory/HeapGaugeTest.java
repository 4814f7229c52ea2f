package io.gatehouse.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeapGaugeTest {
    private static final int SIZE = 32 * 1024 * 1024;
    private static final double SHARE = (double) SIZE / Runtime.getRuntime().maxMemory();

    private final WaitingBytes waiting = new WaitingBytes();
    private byte @Nullable [] kept;

    @Test
    void showsWhatACollectionCouldNotFree() {
        try (HeapGauge gauge = new HeapGauge(waiting)) {
            collectUntil(gauge, used -> used > 0);
            double before = gauge.used();
            kept = new byte[SIZE];
            collectUntil(gauge, used -> used > before + SHARE / 2);
            assertThat(kept).hasSize(SIZE);
            double with = gauge.used();
            kept = null;
            collectUntil(gauge, used -> used < with - SHARE / 2);
        }
    }

    @Test
    void asksForACollectionWhenItKnowsNothing() {
        try (HeapGauge gauge = new HeapGauge(waiting)) {
            assertThat(gauge.used()).isZero();

            gauge.refresh();

            // There may be collections without it too, but not in a test's idle process.
            await().atMost(Duration.ofSeconds(20)).until(() -> gauge.used() > 0);
        }
    }

    /** Or a flood would fill the heap before the next collection tells of it. */
    @Test
    void knowsOfMessagesThatHaveComeToWaitSinceTheLastCollection() {
        try (HeapGauge gauge = new HeapGauge(waiting)) {
            collectUntil(gauge, used -> used > 0);
            double before = gauge.used();

            waiting.add(100L * SIZE);

            assertThat(gauge.used()).isGreaterThan(before + 90 * SHARE);
            collectUntil(gauge, used -> used < before + 50 * SHARE); // the collection knows better
        }
    }

    /** The gauge hears of a collection a moment later. */
    @SuppressWarnings("DoNotCall") // the test is about nothing else
    private static void collectUntil(HeapGauge gauge, DoublePredicate condition) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return condition.test(gauge.used());
        });
    }
}
