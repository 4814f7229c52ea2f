package io.gatehouse.kernel.security;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Calls plugin code so that nothing it does can become a permission: whatever is not a value becomes a {@link GateFailure}. Every
 * Throwable is caught on purpose, errors included: a StackOverflowError or a LinkageError of a plugin is a refusal, not the end of a
 * lane. Counting failures is left to the caller, which may find a returned value unacceptable.
 */
public final class GateCall {
    /**
     * How many given-up calls of one module may still run. A plugin that ignores interrupts cannot be stopped in Java; beyond this many
     * the module is refused at once, so that it cannot pile up threads for ever.
     */
    static final int MOST_LEFT_BEHIND = 64;

    private GateCall() {}

    /** Calls on the current thread, without a deadline: for modules that declared that they do not block. */
    public static <V> V direct(GateMeter meter, Callable<@Nullable V> call) throws GateFailure {
        meter.called();
        try {
            return present(call.call());
        } catch (GateFailure failure) {
            throw failure;
        } catch (Throwable thrown) {
            if (thrown instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw GateFailure.threw(thrown);
        }
    }

    /**
     * Calls on a virtual thread of its own and waits, blocking, no longer than the deadline; a late call is interrupted and left behind.
     * When the waiting thread itself is interrupted, the call is given up at once and the interrupt kept.
     */
    public static <V> V within(Duration deadline, GateMeter meter, Callable<@Nullable V> call) throws GateFailure {
        if (meter.leftBehind() >= MOST_LEFT_BEHIND) {
            throw new GateFailure(MOST_LEFT_BEHIND + " of its calls are late and still running: restart or remove it");
        }
        meter.called();
        Attempt<V> attempt = new Attempt<>(meter, call);
        Thread.ofVirtual()
                .name("gate-call")
                .inheritInheritableThreadLocals(false)
                .start(attempt);
        return attempt.await(deadline);
    }

    private static <V> V present(@Nullable V value) throws GateFailure {
        if (value == null) {
            throw GateFailure.returnedNull();
        }
        return value;
    }

    /** One call on its way. The first of caller and callee to settle it wins; a callee that comes second was left behind. */
    private static final class Attempt<V> implements Runnable {
        private final GateMeter meter;
        private final FutureTask<@Nullable V> task;
        private final AtomicBoolean settled = new AtomicBoolean();

        Attempt(GateMeter meter, Callable<@Nullable V> call) {
            this.meter = meter;
            this.task = new FutureTask<>(call);
        }

        @Override
        public void run() {
            task.run();
            if (!settled.compareAndSet(false, true)) {
                meter.cameBack();
            }
        }

        V await(Duration deadline) throws GateFailure {
            try {
                return present(task.get(deadline.toNanos(), TimeUnit.NANOSECONDS));
            } catch (ExecutionException e) {
                throw e.getCause() instanceof GateFailure failure ? failure : GateFailure.threw(cause(e));
            } catch (TimeoutException e) {
                giveUp();
                throw new GateFailure("it did not answer within " + deadline.toMillis() + " ms");
            } catch (InterruptedException e) {
                giveUp();
                Thread.currentThread().interrupt();
                throw new GateFailure("nobody waited for its answer any more");
            }
        }

        private static Throwable cause(ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        }

        private void giveUp() {
            // Counted before the callee can see it settled, so that the number never goes below zero.
            meter.leaveBehind();
            if (!settled.compareAndSet(false, true)) {
                meter.cameBack();
            }
            task.cancel(true);
        }
    }
}
