package io.gatehouse.kernel.session;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * A single thread to which sessions and their connections belong, so that nothing they own needs a lock. Tasks run in the order in
 * which one thread submitted them.
 */
public interface Lane extends Executor {
    /** The lane's number, from 0 without gaps. */
    int index();

    /** Where the lane says whom it calls. */
    LaneSlot slot();

    /** What this lane does in portions. */
    Portions portions();

    /**
     * Runs a task on this lane when it has served whoever has something to be served by then: after tasks that are there already, and after
     * what has come from the network. Only the lane itself calls.
     */
    @OnLane
    default void executeNextRound(Runnable task) {
        execute(task);
    }

    /** True when the calling thread is this lane. */
    boolean isCurrent();

    /**
     * What time it was when the lane began its present round, in milliseconds since the epoch: asked for each message, it costs
     * next to nothing.
     */
    @OnLane
    default long roundMillis() {
        return System.currentTimeMillis();
    }

    /** Runs a task on this lane after a delay, unless it is cancelled before. Any thread may call. */
    Timer schedule(Duration delay, Runnable task);

    /** A scheduled task. */
    interface Timer {
        /** Keeps the task from running if it has not begun. */
        void cancel();
    }
}
