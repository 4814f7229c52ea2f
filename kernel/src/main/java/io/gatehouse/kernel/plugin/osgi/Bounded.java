package io.gatehouse.kernel.plugin.osgi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs what a plugin may never finish on a thread that can be left behind. */
final class Bounded {
    private Bounded() {}

    /** Something that may fail. */
    interface Work {
        void run() throws Exception;
    }

    /** It did not end in time; it was interrupted and left behind. */
    static final class TooLate extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Runs and waits, blocking, no longer than this; gives what it threw, or {@link TooLate}. */
    static Optional<Throwable> run(String name, Duration deadline, Work work) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            work.run();
            return true;
        });
        Thread.ofPlatform().daemon().name(name).start(task);
        try {
            task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            task.cancel(true);
            return Optional.of(new TooLate());
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.of(e);
        }
    }
}
