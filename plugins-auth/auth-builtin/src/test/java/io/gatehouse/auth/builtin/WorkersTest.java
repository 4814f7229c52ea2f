package io.gatehouse.auth.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
    private final Workers workers = new Workers("test", 2, 3);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<FutureTask<String>> callers = new ArrayList<>();

    @AfterEach
    void end() {
        gate.countDown();
        workers.close();
    }

    @Test
    void runsAtMostAsManyTasksAsThereAreThreads() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            call(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                gate.await();
                running.decrementAndGet();
                return "done";
            });
        }
        await().until(() -> workers.waiting() == 3);
        gate.countDown();

        for (FutureTask<String> caller : callers) {
            assertThat(caller.get()).isEqualTo("done");
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void refusesAtOnceWhenTheLineIsFull() {
        occupyEverything();

        assertThatExceptionOfType(Workers.BusyException.class).isThrownBy(() -> workers.call(() -> "never"));
    }

    @Test
    void anInterruptedCallerLeavesTheLine() throws Exception {
        Thread waiting = occupyEverything().getLast();
        waiting.interrupt();

        await().until(() -> workers.waiting() == 2);
        waiting.join();
        assertThat(callers.getLast().isDone()).isTrue();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> callers.getLast().get())
                .withCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptedCallerDoesNotInterruptTheTask() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread caller = call(() -> {
            started.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            ended.countDown();
            return "unheard";
        });
        started.await();
        caller.interrupt();
        caller.join();
        gate.countDown();
        ended.await();

        assertThat(interrupted).isFalse();
    }

    @Test
    void passesOnWhatATaskThrew() {
        IOException thrown = new IOException("broken");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> workers.call(() -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    @Test
    void closingEndsThoseWhoWait() throws Exception {
        List<Thread> threads = occupyEverything();
        Thread closer = Thread.ofPlatform().start(workers::close);
        for (Thread waiting : threads.subList(2, 5)) {
            waiting.join();
        }
        gate.countDown();
        closer.join();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> callers.getLast().get())
                .withCauseInstanceOf(CancellationException.class);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> workers.call(() -> "too late"));
    }

    @Test
    void keepsTheOrderOfResults() {
        assertThat(workers.callAll(List.of(() -> 1, () -> 2))).containsExactly(1, 2);
    }

    @Test
    void tellsThatOneOfManyTasksFailed() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> workers.callAll(List.of(() -> 1, () -> {
                    throw new IOException("broken");
                })))
                .withMessageContaining("broken");
    }

    /** Two callers run, three wait. */
    private List<Thread> occupyEverything() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            threads.add(call(() -> {
                gate.await();
                return "done";
            }));
            int waiting = Math.max(0, i - 2);
            int running = Math.min(2, i);
            await().until(() -> workers.waiting() == waiting && workers.running() == running);
        }
        return threads;
    }

    private Thread call(Callable<String> task) {
        FutureTask<String> caller = new FutureTask<>(() -> workers.call(task));
        callers.add(caller);
        return Thread.ofVirtual().start(caller);
    }
}
