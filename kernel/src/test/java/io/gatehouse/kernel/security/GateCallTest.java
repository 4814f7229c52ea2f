package io.gatehouse.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.session.LaneSlot;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateCallTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private final Gate<Object> gate = Gate.of("m", new Object(), false);
    private final GateMeter meter = gate.meter();
    private final LaneSlot lane = new LaneSlot(0);

    private static Gate<Object> gate(GateLimits limits) {
        return new Gate<>("m", new Object(), true, new GateMeter("m", limits), 0);
    }

    private static void assertFails(String sentence, ThrowingCallable call) {
        assertThatExceptionOfType(GateFailure.class).isThrownBy(call).withMessageContaining(sentence);
    }

    private static String never() throws InterruptedException {
        new CountDownLatch(1).await();
        return "";
    }

    @Test
    void givesTheValue() throws GateFailure {
        assertThat(GateCall.<String>direct(AMPLE, gate, lane, () -> "here")).isEqualTo("here");
        assertThat(GateCall.<String>within(AMPLE, gate, () -> "there")).isEqualTo("there");
        assertThat(meter.calls()).isEqualTo(2);
        assertThat(meter.failures()).isZero();
    }

    @Test
    void runsOnAVirtualThreadOfItsOwn() throws GateFailure {
        Thread thread = GateCall.within(AMPLE, gate, Thread::currentThread);
        assertThat(thread.isVirtual()).isTrue();
        assertThat(thread).isNotSameAs(Thread.currentThread());
    }

    @Test
    void lendsThePluginItsClassLoader() throws GateFailure {
        ClassLoader usual = new URLClassLoader(new URL[0]);
        Thread.currentThread().setContextClassLoader(usual);
        Callable<@Nullable ClassLoader> loader = () -> Thread.currentThread().getContextClassLoader();
        Gate<Object> plugin = Gate.of("m", this, false);
        assertThat(GateCall.within(AMPLE, plugin, loader)).isSameAs(getClass().getClassLoader());
        assertThat(GateCall.direct(AMPLE, plugin, lane, loader))
                .isSameAs(getClass().getClassLoader());
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(usual);
        Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
    }

    @Test
    void countsWhatAModuleIsAskedAsideOnlyWhenItFails() throws GateFailure {
        assertThat(GateCall.<String>aside(AMPLE, gate, () -> "name")).isEqualTo("name");
        assertThat(meter.calls()).isZero();
        assertFails("null", () -> GateCall.<String>aside(AMPLE, gate, () -> null));
        assertThat(meter.calls()).isZero();
        assertThat(meter.failures()).isEqualTo(1);
    }

    @Test
    void refusesAtOnceWhenTooManyCallsAreLeftBehind() {
        Gate<Object> open = gate(new GateLimits(1_000_000, Duration.ofSeconds(5), 1_000));
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
        while (begun.get() < Conduct.MOST_LEFT_BEHIND) {
            assertThatExceptionOfType(GateFailure.class)
                    .isThrownBy(() -> GateCall.within(Duration.ofMillis(1), open, stubborn));
        }
        await().untilAsserted(() -> assertThat(open.conduct().leftBehind()).isEqualTo(Conduct.MOST_LEFT_BEHIND));
        long calls = open.meter().calls();
        assertFails(
                "64 of its calls are late and still running",
                () -> GateCall.<String>within(AMPLE, open, () -> "never asked"));
        assertThat(open.meter().calls()).isEqualTo(calls);
        release.countDown();
        await().untilAsserted(() -> assertThat(open.conduct().leftBehind()).isZero());
        await().untilAsserted(() -> assertThat(GateCall.<String>within(AMPLE, open, () -> "asked again"))
                .isEqualTo("asked again"));
    }

    @Test
    void takesTheCarriersAwayFromAModuleThatDoesNotGiveThemBack() throws GateFailure {
        AtomicBoolean release = new AtomicBoolean();
        assertFails(
                "10 ms",
                () -> GateCall.<String>within(Duration.ofMillis(10), gate, () -> {
                    while (!release.get()) {
                        Thread.onSpinWait();
                    }
                    return "late";
                }));
        await().untilAsserted(() -> assertThat(gate.conduct().leftBehind()).isEqualTo(1));
        assertThat(GateCall.<Boolean>within(
                        AMPLE, gate, () -> Thread.currentThread().isVirtual()))
                .isFalse();
        release.set(true);
        await().untilAsserted(() -> assertThat(GateCall.<Boolean>within(
                        AMPLE, gate, () -> Thread.currentThread().isVirtual()))
                .isTrue());
    }

    @Test
    void letsNoMoreCallsRunThanAreAllowed() throws Exception {
        Gate<Object> narrow = gate(new GateLimits(20, Duration.ofSeconds(5), 1));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FutureTask<String> first = new FutureTask<>(() -> GateCall.<String>within(AMPLE, narrow, () -> {
            begun.countDown();
            release.await();
            return "first";
        }));
        Thread.ofVirtual().start(first);
        begun.await();
        assertFails(
                "plugins.max-concurrent-calls",
                () -> GateCall.<String>within(Duration.ofMillis(20), narrow, () -> "never asked"));
        FutureTask<String> second = new FutureTask<>(() -> GateCall.<String>within(AMPLE, narrow, () -> "second"));
        Thread.ofVirtual().start(second);
        release.countDown();
        assertThat(first.get()).isEqualTo("first");
        assertThat(second.get()).isEqualTo("second");
        assertThat(narrow.meter().calls()).isEqualTo(2);
    }

    @Test
    void doesNotOpenTheCircuitBecauseManyAsk() throws Exception {
        Gate<Object> narrow = gate(new GateLimits(1, Duration.ofMinutes(5), 1));
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<String> first = new FutureTask<>(() -> GateCall.<String>within(AMPLE, narrow, () -> {
            begun.countDown();
            release.await();
            return "first";
        }));
        Thread.ofVirtual().start(first);
        begun.await();
        for (int i = 0; i < 10; i++) {
            assertFails("", () -> GateCall.<String>within(Duration.ofMillis(1), narrow, () -> "never asked"));
        }
        release.countDown();
        assertThat(first.get()).isEqualTo("first");
        assertThat(narrow.conduct().trouble()).isEmpty();
    }

    @Test
    void leavesAModuleAloneThatFailedManyTimesInARow() throws GateFailure {
        Gate<Object> broken = gate(new GateLimits(3, Duration.ofMinutes(5), 10));
        for (int i = 0; i < 2; i++) {
            assertFails("null", () -> GateCall.<String>within(AMPLE, broken, () -> null));
            assertFails(
                    "gone",
                    () -> GateCall.<String>within(AMPLE, broken, () -> {
                        throw new IOException("gone");
                    }));
            assertThat(GateCall.<String>within(AMPLE, broken, () -> "well")).isEqualTo("well");
        }
        assertThat(broken.conduct().trouble()).isEmpty();
        assertFails("200 ms", () -> GateCall.<String>within(Duration.ofMillis(200), broken, GateCallTest::never));
        assertFails(
                "for a test",
                () -> GateCall.<String>direct(AMPLE, broken, lane, () -> {
                    throw new LinkageError("for a test");
                }));
        assertFails(
                "not good",
                () -> GateCall.<String>within(AMPLE, broken, () -> {
                    throw new GateFailure("not good");
                }));
        long calls = broken.meter().calls();
        for (ThrowingCallable way : List.<ThrowingCallable>of(
                () -> GateCall.<String>within(AMPLE, broken, () -> "never asked"),
                () -> GateCall.<String>aside(AMPLE, broken, () -> "never asked"),
                () -> GateCall.<String>direct(AMPLE, broken, lane, () -> "never asked"))) {
            assertFails("it is not asked: circuit open since", way);
        }
        assertThat(broken.meter().calls()).isEqualTo(calls);
        assertThat(broken.conduct().trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("3 times in a row", "not good"));
        assertThat(GateCall.<String>farewell(AMPLE, broken, () -> "bye")).isEqualTo("bye");
    }

    @Test
    void triesAModuleAgainAfterThePause() {
        Gate<Object> broken = gate(new GateLimits(1, Duration.ofMillis(20), 10));
        assertFails("null", () -> GateCall.<String>within(AMPLE, broken, () -> null));
        assertThat(broken.conduct().trouble()).isPresent();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(GateCall.<String>within(AMPLE, broken, () -> "well"))
                        .isEqualTo("well"));
        assertThat(broken.conduct().trouble()).isEmpty();
    }

    @Test
    void judgesWhatReplacesAModuleAnew() {
        GateMeter shared = new GateMeter("m", new GateLimits(1, Duration.ofMinutes(5), 10));
        Object old = new Object();
        Object replacement = new Object();
        assertFails("null", () -> GateCall.<String>within(AMPLE, new Gate<>("m", old, true, shared, 0), () -> null));
        assertThat(shared.trouble(old)).isPresent();
        assertThat(shared.trouble(replacement)).isEmpty();
        assertThat(new Gate<>("m", old, true, shared, 0).conduct().trouble()).isPresent();
    }

    @Test
    void givesUpWhenTheWaitingThreadIsInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(GateFailure.class)
                .isThrownBy(() -> GateCall.within(AMPLE, gate, () -> {
                    never.await();
                    return "";
                }));
        assertThat(Thread.interrupted()).isTrue();
        await().untilAsserted(() -> assertThat(gate.conduct().leftBehind()).isZero());
    }

    @Test
    void letsNoInterruptOfAModuleReachTheLane() throws GateFailure {
        assertThatExceptionOfType(GateFailure.class)
                .isThrownBy(() -> GateCall.<String>direct(AMPLE, gate, lane, () -> {
                    throw new InterruptedException();
                }));
        assertThat(GateCall.<String>direct(AMPLE, gate, lane, () -> {
                    Thread.currentThread().interrupt();
                    return "rude";
                }))
                .isEqualTo("rude");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void tellsHowLongCallsTake() throws GateFailure {
        GateCall.<String>within(AMPLE, gate, () -> "quick");
        await().untilAsserted(() -> assertThat(meter.p99()).isPositive());
        assertFails("", () -> GateCall.<String>within(Duration.ofMillis(300), gate, GateCallTest::never));
        assertThat(meter.p99()).isBetween(Duration.ofMillis(300), Duration.ofMillis(375));
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
