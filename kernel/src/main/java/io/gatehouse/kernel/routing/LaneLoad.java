package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.session.AnyThread;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How much is under way to one lane from all others, in bytes, and which of them wait until it is less. Nobody blocks and nothing is
 * refused: whoever has sent beyond the limit is told so, and is called when the lane has worked off half of it.
 *
 * <p>A sender first marks that it waits and then looks once more at what is under way; the lane first counts off what it has served and
 * then looks who waits. So one of the two sees the other, and no sender waits for ever.
 */
@AnyThread
final class LaneLoad {
    /** The counter stands in the middle of its own cache lines, which all lanes write to. */
    private static final int UNDER_WAY = 16;

    private final AtomicLongArray padded = new AtomicLongArray(2 * UNDER_WAY);
    private final AtomicIntegerArray waiting;

    /** Nothing is under way. */
    LaneLoad(int lanes) {
        this.waiting = new AtomicIntegerArray(lanes);
    }

    /** What is under way. */
    long bytes() {
        return padded.get(UNDER_WAY);
    }

    /**
     * A lane hands something over.
     *
     * @param sender its index
     * @return false when that is more than the limit: then the sender will be among those that {@link #takeRelieved} tells
     */
    boolean sent(long bytes, int sender, long limit) {
        if (padded.addAndGet(UNDER_WAY, bytes) <= limit) {
            return true;
        }
        waiting.set(sender, 1);
        boolean workedOffMeanwhile = bytes() <= limit / 2;
        return workedOffMeanwhile && waiting.compareAndSet(sender, 1, 0);
    }

    /** The lane has served what was handed over; true when senders that wait may be told so. */
    boolean served(long bytes, long limit) {
        return padded.addAndGet(UNDER_WAY, -bytes) <= limit / 2;
    }

    /** True when this sender waits; then it does no longer, and is to be told. */
    boolean takeRelieved(int sender) {
        return waiting.get(sender) == 1 && waiting.compareAndSet(sender, 1, 0);
    }
}
