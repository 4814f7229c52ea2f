package io.gatehouse.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LaneTrustTest {
    private static final long QUICK = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(11);

    private final LaneTrust trust = new LaneTrust();

    private void quick(int times) {
        for (int i = 0; i < times; i++) {
            trust.answered(QUICK);
        }
    }

    @Test
    void comesAfterEnoughQuickCalls() {
        quick(LaneTrust.QUICK_CALLS - 1);
        assertThat(trust.isOnLane()).isFalse();
        quick(1);
        assertThat(trust.isOnLane()).isTrue();
        assertThat(trust.trouble()).isNull();
    }

    @Test
    void isCountedAnewAfterASlowCall() {
        quick(LaneTrust.QUICK_CALLS - 1);
        trust.answered(SLOW);
        quick(LaneTrust.QUICK_CALLS - 1);
        assertThat(trust.isOnLane()).isFalse();
        quick(1);
        assertThat(trust.isOnLane()).isTrue();
    }

    @Test
    void neverComesAfterACallThatWasGivenUp() {
        trust.late();
        quick(10 * LaneTrust.QUICK_CALLS);
        trust.trust();
        assertThat(trust.isOnLane()).isFalse();
    }

    @Test
    void neverComesBackOnceItIsLost() {
        trust.trust();
        assertThat(trust.move(Duration.ofMillis(120), "acme.Slow.decide(Slow.java:12)"))
                .isTrue();
        assertThat(trust.move(Duration.ofMillis(900), "elsewhere")).isFalse();
        quick(10 * LaneTrust.QUICK_CALLS);
        trust.trust();
        assertThat(trust.isOnLane()).isFalse();
        assertThat(trust.trouble()).contains("120 ms", "acme.Slow.decide(Slow.java:12)", "@Blocking");
    }
}
