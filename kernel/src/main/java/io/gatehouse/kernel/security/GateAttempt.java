package io.gatehouse.kernel.security;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way on a virtual thread; it has a turn and gives it back when it has really ended. The first of caller and callee to
 * settle it wins; a callee that comes second was left behind.
 */
final class GateAttempt<V> implements Runnable {
    private final Conduct conduct;
    private final @Nullable ClassLoader loader;
    private final GateCall.Purpose purpose;
    private final FutureTask<@Nullable V> task;
    private final AtomicBoolean settled = new AtomicBoolean();

    GateAttempt(Conduct conduct, @Nullable ClassLoader loader, Callable<@Nullable V> call, GateCall.Purpose purpose) {
        this.conduct = conduct;
        this.loader = loader;
        this.purpose = purpose;
        this.task = new FutureTask<>(call);
    }

    /** Gives the turn back when there is no thread to be had. */
    void start() {
        Thread thread = builder()
                .name("gate-call")
                .inheritInheritableThreadLocals(false)
                .unstarted(this);
        thread.setContextClassLoader(loader);
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) {
                conduct.giveTurn();
            }
        }
    }

    /**
     * Virtual threads share a few carriers, which a call that computes for ever and ignores its interrupt does not give back. A service
     * that has shown such a call gets threads that the operating system takes the processor from.
     */
    private Thread.Builder builder() {
        return conduct.leftBehind() > 0 ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
    }

    @Override
    public void run() {
        long begin = System.nanoTime();
        task.run();
        long nanos = System.nanoTime() - begin;
        conduct.giveTurn();
        if (settled.compareAndSet(false, true)) {
            took(nanos);
        } else {
            conduct.cameBack();
        }
        if (purpose == GateCall.Purpose.PROBATION && task.state() == FutureTask.State.SUCCESS) {
            conduct.trust().answered(nanos);
        }
    }

    /**
     * Waits for the answer; null is what the callee said.
     *
     * @param deadline of the whole call, for the sentence
     * @param left what is left of it
     */
    @Nullable
    V await(Duration deadline, Duration left) throws GateFailure {
        CompletableFuture<Boolean> alarm = alarm(left);
        try {
            return task.get(left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof GateFailure failure ? failure : GateFailure.threw(cause);
        } catch (TimeoutException | CancellationException e) {
            giveUp();
            took(deadline.toNanos());
            throw GateFailure.late(deadline);
        } catch (InterruptedException e) {
            giveUp();
            Thread.currentThread().interrupt();
            throw new GateFailure("nobody waited for its answer any more");
        } finally {
            alarm.complete(false);
        }
    }

    /**
     * Interrupts the call at its deadline from a platform thread: when calls that compute have all the carriers of virtual threads, the
     * caller cannot wake to do it.
     */
    private CompletableFuture<Boolean> alarm(Duration left) {
        CompletableFuture<Boolean> alarm =
                new CompletableFuture<Boolean>().completeOnTimeout(true, left.toNanos(), TimeUnit.NANOSECONDS);
        var _ = alarm.thenAccept(late -> {
            if (late) {
                task.cancel(true);
            }
        });
        return alarm;
    }

    private void took(long nanos) {
        if (purpose != GateCall.Purpose.ASIDE) {
            conduct.took(nanos);
        }
    }

    private void giveUp() {
        // Counted before the callee can see it settled, so that the number never goes below zero.
        conduct.leaveBehind();
        if (!settled.compareAndSet(false, true)) {
            conduct.cameBack();
        }
        task.cancel(true);
        if (purpose == GateCall.Purpose.PROBATION) {
            conduct.trust().late();
        }
    }
}
