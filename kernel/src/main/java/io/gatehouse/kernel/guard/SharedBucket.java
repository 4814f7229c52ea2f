package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.OnLane;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tokens that many clients share. A lane takes a slice of them for its clients, so that lanes seldom meet at the one number they share;
 * what a lane has left of its slice is all that can be taken beyond the rate.
 */
@AnyThread
final class SharedBucket implements Tokens {
    /** What all slices together are worth. */
    private static final long SLICE_NANOS = 10_000_000;

    /** So many longs apart, two lanes write to different cache lines. */
    private static final int SPACING = 16;

    private final Pace pace;
    private final AtomicLong paidUntil = new AtomicLong(Long.MIN_VALUE / 2); // full
    private final long slice;

    /** What is left of each lane's slice; only the lane touches it. */
    private final long[] left;

    SharedBucket(Pace pace, int lanes) {
        this.pace = pace;
        this.slice = pace.tokensIn(SLICE_NANOS / lanes);
        this.left = new long[lanes * SPACING];
    }

    @Override
    @OnLane
    public long debt(int lane, long now) {
        return left[lane * SPACING] > 0 ? 0 : Math.max(0, paidUntil.get() - now);
    }

    @Override
    @OnLane
    public long take(int lane, long tokens, long now) {
        int mine = lane * SPACING;
        long missing = tokens - left[mine];
        if (missing <= 0) {
            left[mine] -= tokens;
            return 0;
        }
        left[mine] = slice;
        long paid = paidUntil.updateAndGet(before -> pace.take(before, now, missing + slice));
        return Math.max(0, paid - now);
    }

    /** Takes one token if there is one. */
    boolean tryTake(long now) {
        while (true) {
            long before = paidUntil.get();
            long after = pace.take(before, now, 1);
            if (after > now) {
                return false;
            }
            if (paidUntil.compareAndSet(before, after)) {
                return true;
            }
        }
    }
}
