package io.gatehouse.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.session.LaneSlot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneWatchTest {
    private static final Duration AMPLE = Duration.ofSeconds(60);

    private final LaneSlot lane = new LaneSlot(1);
    private final LaneSlot other = new LaneSlot(2);
    private final LaneWatch watch = new LaneWatch(List.of(lane, other)).start();
    private final Gate<Object> gate = Gate.of("m", new Object(), false);

    @AfterEach
    void close() {
        watch.close();
    }

    private static void start(Runnable lane) {
        Thread.ofPlatform().daemon().start(lane);
    }

    @Test
    void movesAModuleThatHoldsALane() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        FutureTask<String> call = new FutureTask<>(() -> GateCall.direct(AMPLE, gate, lane, () -> hold(release)));
        start(call);
        await().until(gate::isOffLane);
        assertThat(gate.conduct().trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("LaneWatchTest.hold(LaneWatchTest.java:"));
        release.countDown();
        assertThat(call.get()).as("an answer before the deadline counts").isEqualTo("late");
        assertThat(gate.meter().failures()).isZero();
    }

    private static String hold(CountDownLatch release) throws InterruptedException {
        release.await();
        return "late";
    }

    @Test
    void interruptsACallAtItsDeadlineAndRefusesWhatItSays() {
        AtomicBoolean interrupted = new AtomicBoolean();
        assertThatExceptionOfType(GateFailure.class)
                .isThrownBy(() -> GateCall.<String>direct(Duration.ofMillis(200), gate, lane, () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                    }
                    return "yes";
                }))
                .withMessageContaining("it did not answer within 200 ms");
        assertThat(interrupted).isTrue();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(gate.isOffLane()).isTrue();
    }

    @Test
    void tellsOfACallThatIgnoresItsInterrupt() throws InterruptedException {
        AtomicBoolean release = new AtomicBoolean();
        CountDownLatch over = new CountDownLatch(1);
        start(() -> {
            try {
                GateCall.<String>direct(Duration.ofMillis(50), gate, lane, () -> {
                    while (!release.get()) {
                        Thread.onSpinWait();
                    }
                    return "yes";
                });
            } catch (GateFailure late) {
                over.countDown();
            }
        });
        await().untilAsserted(() -> assertThat(gate.conduct().trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("restart the broker")));
        release.set(true);
        over.await();
        await().untilAsserted(() -> assertThat(gate.conduct().trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).doesNotContain("restart the broker")));
    }

    @Test
    void leavesManyQuickCallsAlone() throws GateFailure {
        long end = System.nanoTime() + Duration.ofMillis(400).toNanos();
        while (System.nanoTime() - end < 0) {
            GateCall.<String>direct(AMPLE, gate, lane, () -> "quick");
        }
        assertThat(gate.isOffLane()).isFalse();
    }

    /** The interrupt is sent at about the moment at which the call ends, again and again. */
    @Test
    void neverLetsAnInterruptOutliveItsCall() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        Thread interrupter = Thread.ofPlatform().daemon().start(() -> {
            while (!stop.get()) {
                LaneSlot.Call call = other.current();
                if (call != null) {
                    other.interrupt(call);
                }
            }
        });
        int late = 0;
        while (late < 100) {
            other.begin(gate.conduct(), AMPLE);
            late += other.end() ? 1 : 0;
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        stop.set(true);
        interrupter.join();
        assertThat(Thread.interrupted()).isFalse();
    }
}
