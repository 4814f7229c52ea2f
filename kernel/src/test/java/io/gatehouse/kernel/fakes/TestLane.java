package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.kernel.session.Portions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A lane that does its work only when the test says so, with a clock that the test turns. */
public final class TestLane implements Lane {
    private final int index;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Timed> timers = new ArrayList<>();
    private long now;
    private boolean running;
    private final LaneSlot slot;
    private final Portions portions = new Portions(this);

    public TestLane(int index) {
        this.index = index;
        this.slot = new LaneSlot(index);
    }

    private record Timed(long due, Runnable task) {}

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
    public synchronized Timer schedule(Duration delay, Runnable task) {
        Timed timed = new Timed(now + Math.max(0, delay.toMillis()), task);
        timers.add(timed);
        return () -> forget(timed);
    }

    @SuppressWarnings("ReferenceEquality") // the very timer
    private synchronized void forget(Timed timed) {
        timers.removeIf(other -> other == timed);
    }

    /** Does everything there is to do; true when there was something. */
    public boolean run() {
        boolean busy = false;
        running = true;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            busy = true;
        }
        running = false;
        return busy;
    }

    /** Lets time pass: timers fire in their order. */
    public void advance(Duration time) {
        long end = now + time.toMillis();
        for (Timed next = nextDue(end); next != null; next = nextDue(end)) {
            forget(next);
            now = next.due();
            execute(next.task());
            run();
        }
        now = end;
    }

    /** How many timers wait. */
    public synchronized int timers() {
        return timers.size();
    }

    private synchronized @Nullable Timed nextDue(long end) {
        return timers.stream()
                .filter(timed -> timed.due() <= end)
                .min(Comparator.comparingLong(Timed::due))
                .orElse(null);
    }
}
