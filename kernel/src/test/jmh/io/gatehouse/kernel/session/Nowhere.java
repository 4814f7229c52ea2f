package io.gatehouse.kernel.session;

import java.time.Duration;

/** A lane for benchmarks of what happens on one lane: it has the number 0 and nothing to do. */
public final class Nowhere implements Lane {
    private final LaneSlot slot = new LaneSlot(0);
    private final Portions portions = new Portions(this);

    @Override
    public int index() {
        return 0;
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
        return true;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable task) {
        throw new UnsupportedOperationException();
    }
}
