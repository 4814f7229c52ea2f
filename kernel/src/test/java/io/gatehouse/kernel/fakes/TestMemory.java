package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.memory.MemoryLevel;
import io.gatehouse.kernel.memory.MemoryPressure;

/** Memory of which there is as much as the test says; enough at first. */
public final class TestMemory implements MemoryPressure {
    private volatile MemoryLevel level = MemoryLevel.NORMAL;

    public void set(MemoryLevel now) {
        level = now;
    }

    @Override
    public MemoryLevel level() {
        return level;
    }
}
