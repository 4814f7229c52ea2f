package io.gatehouse.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final AtomicLong now = new AtomicLong(42);
    private final Latencies latencies = new Latencies(now::get);

    private void took(int times, Duration each) {
        for (int i = 0; i < times; i++) {
            latencies.took(each.toNanos());
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void isZeroBeforeTheFirstCall() {
        assertThat(latencies.p99()).isZero();
    }

    @Test
    void leavesOutTheSlowestInAHundred() {
        took(99, Duration.ofMillis(1));
        took(1, Duration.ofSeconds(1));
        assertThat(latencies.p99()).isBetween(Duration.ofMillis(1), Duration.ofNanos(1_250_000));
        took(1, Duration.ofSeconds(1));
        assertThat(latencies.p99()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_250));
    }

    @Test
    void isNeverTooSmallAndAtMostAQuarterTooLarge() {
        for (long nanos = 4; nanos > 0 && nanos < Long.MAX_VALUE / 4; nanos += nanos / 3 + 1) {
            Latencies one = new Latencies(now::get);
            one.took(nanos);
            assertThat(one.p99().toNanos()).isBetween(nanos, nanos + nanos / 4);
        }
        for (long odd : new long[] {-5, 0, 3, Long.MAX_VALUE}) {
            latencies.took(odd);
        }
        assertThat(latencies.p99()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void forgetsWhatIsLongAgo() {
        took(10, Duration.ofSeconds(1));
        pass(Duration.ofSeconds(61));
        assertThat(latencies.p99()).isGreaterThan(Duration.ofMillis(900));
        took(1, Duration.ofMillis(1));
        pass(Duration.ofSeconds(61));
        assertThat(latencies.p99()).isLessThan(Duration.ofMillis(2));
        pass(Duration.ofSeconds(121));
        assertThat(latencies.p99()).isZero();
    }
}
