package io.gatehouse.kernel.security;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whether a service that did not declare to block may be called directly on lanes. What it declares is believed only when it has shown
 * it: a service that blocks in each call never gets at a lane. Any thread; asking costs one volatile read.
 *
 * <pre>
 *   probation --so many quick calls in a row--> on the lane --one call that lasts--> moved
 *       +-----one call that is given up-----> never on the lane
 * </pre>
 *
 * <p>The two states on the right end when the service is replaced or restarted.
 *
 * <p>A slow call during probation begins the count anew and holds nothing against the service: whether it waited or the machine was
 * busy cannot be told apart, and being called on virtual threads meanwhile costs it microseconds.
 */
final class LaneTrust {
    static final int QUICK_CALLS = 64;

    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final AtomicInteger quick = new AtomicInteger();
    private volatile boolean onLane;
    private volatile @Nullable String moved;
    private volatile boolean barred;

    /** True when it may be called on a lane. */
    boolean isOnLane() {
        return onLane;
    }

    /** A call on a virtual thread gave an answer after this time. */
    void answered(long nanos) {
        if (onLane || barred) {
            return;
        }
        if (nanos >= QUICK_NANOS) {
            quick.set(0);
        } else if (quick.incrementAndGet() >= QUICK_CALLS) {
            trust();
        }
    }

    /** A call on a virtual thread was given up: it would have held a lane for as long, or for ever if it does not listen. */
    synchronized void late() {
        barred = true;
        onLane = false;
    }

    /** Ends the probation. */
    synchronized void trust() {
        onLane = !barred;
    }

    /**
     * A call held a lane for so long.
     *
     * @return true when it was this that moved the service, false when it had been moved before
     */
    synchronized boolean move(Duration atLeast, String where) {
        if (moved != null) {
            return false;
        }
        moved = "a call held a lane for more than " + atLeast.toMillis() + " ms in " + where
                + ", so it is called on virtual threads until it is restarted: let it declare @Blocking, or not block";
        barred = true;
        onLane = false;
        return true;
    }

    /** Why it was moved; null when it was not. */
    @Nullable
    String trouble() {
        return moved;
    }
}
