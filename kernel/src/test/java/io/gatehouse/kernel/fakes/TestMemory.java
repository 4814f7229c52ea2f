package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.memory.MemoryLevel;
import io.gatehouse.kernel.memory.MemoryPressure;
import java.util.concurrent.atomic.AtomicLong;

/** Memory of which there is as much as the test says; enough at first. */
public final class TestMemory implements MemoryPressure {
    private volatile MemoryLevel level = MemoryLevel.NORMAL;

    /** What waits, as far as it was told. */
    public final AtomicLong waiting = new AtomicLong();

    public void set(MemoryLevel now) {
        level = now;
    }

    @Override
    public void waits(long more) {
        waiting.addAndGet(more);
    }

    @Override
    public MemoryLevel level() {
        return level;
    }
}
