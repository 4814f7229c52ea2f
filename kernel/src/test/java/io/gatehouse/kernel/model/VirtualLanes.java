package io.gatehouse.kernel.model;

import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.kernel.session.Portions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Lanes that share a clock and do everything on the thread of the test. */
final class VirtualLanes {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long NAP_NANOS = 20_000;

    private final List<OneLane> lanes;
    private final List<Timed> timers = new ArrayList<>();
    private volatile long now = 1_000_000;

    VirtualLanes(int count) {
        lanes = IntStream.range(0, count).mapToObj(OneLane::new).toList();
    }

    private record Timed(long due, OneLane lane, Runnable task) {}

    List<Lane> all() {
        return List.copyOf(lanes);
    }

    /** Milliseconds. */
    long now() {
        return now;
    }

    /** The time of the next timer, null when none is due until then. */
    synchronized @Nullable Long nextDue(long end) {
        return timers.stream()
                .map(Timed::due)
                .filter(due -> due <= end)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Lets time pass; what is due is done in its order. */
    void advanceTo(long time) {
        for (Timed next = take(time); next != null; next = take(time)) {
            now = Math.max(now, next.due());
            next.lane().execute(next.task());
            settle();
        }
        now = time;
    }

    private synchronized @Nullable Timed take(long end) {
        Timed next = timers.stream()
                .filter(timed -> timed.due() <= end)
                .min(Comparator.comparingLong(Timed::due))
                .orElse(null);
        if (next != null) {
            timers.remove(next);
        }
        return next;
    }

    /** Lets the lanes work until they are idle. */
    void settle() {
        while (lanes.stream().map(OneLane::run).reduce(false, Boolean::logicalOr)) {}
    }

    /** The same until something has come about that other threads have a part in. */
    void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (settle(); !condition.getAsBoolean(); settle()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen: " + what);
            }
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    private final class OneLane implements Lane {
        private final int index;
        private final LaneSlot slot;
        private final Portions portions = new Portions(this);
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private boolean running;

        OneLane(int index) {
            this.index = index;
            this.slot = new LaneSlot(index);
        }

        boolean run() {
            boolean busy = false;
            running = true;
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
                busy = true;
            }
            running = false;
            return busy;
        }

        @Override
        public int index() {
            return index;
        }

        @Override
        public LaneSlot slot() {
            return slot;
        }

        @Override
        public Portions portions() {
            return portions;
        }

        @Override
        public boolean isCurrent() {
            return running;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            synchronized (VirtualLanes.this) {
                Timed timed = new Timed(now + Math.max(0, delay.toMillis()), this, task);
                timers.add(timed);
                return () -> forget(timed);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very timer
    private synchronized void forget(Timed timed) {
        timers.removeIf(other -> other == timed);
    }
}
