package io.gatehouse.kernel.session;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Says whom outside of the kernel a lane is calling, so that a watch can see when a call does not come back.
 *
 * <p>The number of the call is odd while it lasts and even between two. What describes the call is written before the number becomes
 * odd and read between two looks at the same odd number. The lane pays a few ordered writes and one fence for each call, and reads no
 * clock.
 *
 * <p>{@link #interrupt} and {@link #end} each write first and read then, with volatile order, so one of the two sees the other: either
 * the watch sees that the call is over and leaves the lane alone, or the lane sees the alarm, waits until the interrupt has been sent
 * and takes it back. No interrupt outlives the call it was meant for.
 */
public final class LaneSlot {
    /** One call of so many is to be timed. */
    private static final long TIMED = 64;

    /** Somebody whom a lane calls. The watch's thread tells it how its calls go; it must not block. */
    public interface Callee {
        /**
         * A call lasts suspiciously long.
         *
         * @param stack what the lane is doing
         */
        void lasts(LaneSlot lane, Duration atLeast, StackTraceElement[] stack);

        /** A call goes on although its deadline has passed and it was interrupted: the lane stands still. */
        void isDeaf(LaneSlot lane);

        /** A deaf call has ended after all. */
        void cameBack(LaneSlot lane);
    }

    /** One call, as the watch sees it. */
    public record Call(long number, Callee callee, Duration deadline, Thread thread) {}

    private final int lane;
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong alarm = new AtomicLong();
    private final AtomicReference<@Nullable Callee> callee = new AtomicReference<>();
    private final AtomicReference<@Nullable Duration> deadline = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private final Object sending = new Object();

    /** The slot of the lane with this number. */
    public LaneSlot(int lane) {
        this.lane = lane;
    }

    /** The number of the lane. */
    public int lane() {
        return lane;
    }

    /**
     * A call begins; {@link #end} must follow.
     *
     * @return true when this is one of those calls that are to be timed
     */
    @OnLane
    public boolean begin(Callee called, Duration within) {
        if (thread.getPlain() == null) {
            thread.setPlain(Thread.currentThread());
        }
        long next = number.getPlain() + 1;
        callee.setRelease(called);
        deadline.setRelease(within);
        number.setRelease(next);
        return next % (2 * TIMED) == 1;
    }

    /**
     * The call is over. Whatever interrupted it, or whatever it did to its thread's interrupt, ends with it.
     *
     * @return true when the call outlasted its deadline
     */
    @OnLane
    public boolean end() {
        long ended = number.getPlain();
        number.set(ended + 1);
        boolean late = alarm.get() == ended;
        if (late) {
            awaitInterrupt();
        }
        Thread.interrupted();
        return late;
    }

    /** The interrupt is on its way: it must not arrive later. */
    private void awaitInterrupt() {
        synchronized (sending) {
            alarm.set(0);
        }
    }

    /** A number that changes with each call. */
    @AnyThread
    public long calls() {
        return number.get();
    }

    /** The call that lasts at this moment, null when there is none. */
    @AnyThread
    public @Nullable Call current() {
        long before = number.get();
        if ((before & 1) == 0) {
            return null;
        }
        Callee called = callee.getAcquire();
        Duration within = deadline.getAcquire();
        Thread runner = thread.getAcquire();
        boolean same = number.get() == before && called != null && within != null && runner != null;
        return same
                ? new Call(
                        before,
                        Objects.requireNonNull(called),
                        Objects.requireNonNull(within),
                        Objects.requireNonNull(runner))
                : null;
    }

    /** Marks the call as late and interrupts it, if it still lasts. */
    @AnyThread
    public void interrupt(Call late) {
        synchronized (sending) {
            alarm.set(late.number());
            if (number.get() == late.number()) {
                late.thread().interrupt();
            }
        }
    }
}
