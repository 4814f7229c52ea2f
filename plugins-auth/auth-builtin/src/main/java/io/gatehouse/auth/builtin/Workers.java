package io.gatehouse.auth.builtin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few platform threads with a bounded line of waiting tasks.
 *
 * <p>Hashing would occupy the carriers of virtual threads for as long as it computes, and takes memory for each hash under way: the number
 * of threads bounds both. The threads are never interrupted, because an interrupt would close the file of the store; a caller that is
 * interrupted leaves the line, or leaves its running task to end unheard.
 */
final class Workers implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration ENDING = Duration.ofSeconds(5);

    private final ThreadPoolExecutor pool;

    /**
     * Makes the threads as they are needed.
     *
     * @param name the beginning of the threads' names
     * @param threads how many tasks run at the same time
     * @param line how many more may wait
     */
    Workers(String name, int threads, int line) {
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(line),
                Thread.ofPlatform()
                        .daemon()
                        .name(name + "-", 1)
                        .inheritInheritableThreadLocals(false)
                        .factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs a task and waits for it.
     *
     * @throws BusyException at once, when the line is full
     * @throws IllegalStateException when the workers have been closed
     * @throws InterruptedException when the caller was interrupted while it waited
     * @throws Exception what the task threw
     */
    <T> T call(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        try {
            pool.execute(future);
        } catch (RejectedExecutionException e) {
            if (pool.isShutdown()) {
                throw new IllegalStateException("auth-builtin is stopping.", e);
            }
            throw new BusyException(e);
        }
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw e;
        } finally {
            if (!future.isDone()) {
                future.cancel(false);
                pool.remove(future);
            }
        }
    }

    /**
     * Runs these tasks, at most as many as there are threads, and waits for all.
     *
     * @return what they gave, in their order
     * @throws IllegalStateException when one failed or the workers were closed
     */
    <T> List<T> callAll(List<Callable<T>> tasks) {
        List<FutureTask<T>> futures = tasks.stream().map(FutureTask::new).toList();
        try {
            futures.forEach(pool::execute);
            List<T> results = new ArrayList<>();
            for (FutureTask<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException | RejectedExecutionException | CancellationException e) {
            throw new IllegalStateException("A task failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for tasks.", e);
        } finally {
            futures.forEach(future -> future.cancel(false));
        }
    }

    /** How many tasks run at the same time. */
    int threads() {
        return pool.getMaximumPoolSize();
    }

    /** How many tasks run now. */
    int running() {
        return pool.getActiveCount();
    }

    /** How many tasks wait now. */
    int waiting() {
        return pool.getQueue().size();
    }

    /** Ends: waiting tasks are cancelled, running ones get a few seconds. */
    @Override
    public void close() {
        pool.shutdown();
        List<Runnable> waiting = new ArrayList<>();
        pool.getQueue().drainTo(waiting);
        for (Runnable task : waiting) {
            if (task instanceof Future<?> future) {
                future.cancel(false);
            }
        }
        try {
            pool.awaitTermination(ENDING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All threads are busy and the line is full. */
    static final class BusyException extends Exception {
        BusyException(Throwable cause) {
            super("all threads are busy and the waiting line is full", cause);
        }
    }
}
