package io.gatehouse.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateCallTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private final GateMeter meter = new GateMeter("m");

    @Test
    void givesTheValue() throws GateFailure {
        assertThat(GateCall.direct(meter, () -> "here")).isEqualTo("here");
        assertThat(GateCall.within(AMPLE, meter, () -> "there")).isEqualTo("there");
        assertThat(meter.calls()).isEqualTo(2);
    }

    @Test
    void runsOnAVirtualThreadOfItsOwn() throws GateFailure {
        Thread thread = GateCall.within(AMPLE, meter, Thread::currentThread);
        assertThat(thread.isVirtual()).isTrue();
        assertThat(thread).isNotSameAs(Thread.currentThread());
    }

    @Test
    void refusesAtOnceWhenTooManyCallsAreLeftBehind() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        Callable<@Nullable String> stubborn = () -> {
            begun.incrementAndGet();
            while (true) {
                try {
                    release.await();
                    return "late";
                } catch (InterruptedException e) {
                    // deaf on purpose
                }
            }
        };
        // A call that was given up before it began is not left behind, so what counts is how many began.
        while (begun.get() < GateCall.MOST_LEFT_BEHIND) {
            assertThatExceptionOfType(GateFailure.class)
                    .isThrownBy(() -> GateCall.within(Duration.ofMillis(1), meter, stubborn));
        }
        await().untilAsserted(() -> assertThat(meter.leftBehind()).isEqualTo(GateCall.MOST_LEFT_BEHIND));
        long calls = meter.calls();
        assertThatExceptionOfType(GateFailure.class)
                .isThrownBy(() -> GateCall.within(AMPLE, meter, () -> "never asked"))
                .withMessageContaining("64 of its calls are late and still running");
        assertThat(meter.calls()).isEqualTo(calls);
        release.countDown();
        await().untilAsserted(() -> assertThat(meter.leftBehind()).isZero());
        await().untilAsserted(() ->
                assertThat(GateCall.within(AMPLE, meter, () -> "asked again")).isEqualTo("asked again"));
    }

    @Test
    void givesUpWhenTheWaitingThreadIsInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(GateFailure.class)
                .isThrownBy(() -> GateCall.within(AMPLE, meter, () -> {
                    never.await();
                    return "";
                }));
        assertThat(Thread.interrupted()).isTrue();
        await().untilAsserted(() -> assertThat(meter.leftBehind()).isZero());
    }

    @Test
    void keepsTheInterruptThatAModuleSwallowedOnALane() {
        assertThatExceptionOfType(GateFailure.class)
                .isThrownBy(() -> GateCall.direct(meter, () -> {
                    throw new InterruptedException();
                }));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void describesFailuresInOneHarmlessLine() {
        GateFailure failure = GateFailure.threw(
                new IllegalStateException("user \r\n2026 INFO forged\u001b[2J\u202e" + "x".repeat(900)));
        assertThat(failure)
                .message()
                .hasSize(300)
                .doesNotContain("\r", "\n", "\u001b", "\u202e")
                .contains("forged");
        assertThat(failure.getStackTrace()).isEmpty();
    }
}
