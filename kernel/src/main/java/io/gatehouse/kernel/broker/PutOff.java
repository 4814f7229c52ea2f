package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import java.time.Duration;
import java.util.ArrayDeque;

/** What one lane does later because the memory is full: in its order, when there is memory again, or when it has waited long enough. */
@OnLane
final class PutOff {
    private static final Duration TICK = Duration.ofMillis(100);

    /** What waits here takes memory, which is what there is too little of. */
    private static final long MOST_BYTES = 2 * 1024 * 1024;

    private static final int MOST = 10_000;

    /** With memory at hand again, not all at once: it would be full again at once. */
    private static final int MOST_IN_A_TICK = 500;

    private final Lane lane;
    private final MemoryPressure memory;
    private final ArrayDeque<Task> tasks = new ArrayDeque<>(1);
    private final long patienceTicks = BackPressure.PATIENCE.dividedBy(TICK);
    private long bytes;
    private long ticks;

    private record Task(Runnable run, int bytes, long dueTick) {}

    PutOff(Lane lane, MemoryPressure memory) {
        this.lane = lane;
        this.memory = memory;
    }

    /** False when it cannot wait here, because too much does. */
    boolean add(int size, Runnable task) {
        if (tasks.size() >= MOST || bytes + size > MOST_BYTES) {
            return false;
        }
        bytes += size;
        tasks.add(new Task(task, size, ticks + patienceTicks));
        if (tasks.size() == 1) {
            lane.schedule(TICK, this::tick);
        }
        return true;
    }

    private void tick() {
        ticks++;
        try {
            runDue();
        } finally {
            if (!tasks.isEmpty()) {
                lane.schedule(TICK, this::tick);
            }
        }
    }

    private void runDue() {
        int most = Math.min(MOST_IN_A_TICK, tasks.size());
        for (int done = 0; done < most && isDue(tasks.element()); done++) {
            Task task = tasks.remove();
            bytes -= task.bytes();
            task.run().run();
        }
    }

    private boolean isDue(Task task) {
        return !memory.isFull() || ticks >= task.dueTick();
    }
}
