package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.kernel.session.Portions;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A lane that is a thread, for tests of what lanes do to each other. A task that throws is remembered, and the lane goes on. */
public final class ThreadLane implements Lane, AutoCloseable {
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final int index;
    private final LaneSlot slot;
    private final Portions portions = new Portions(this);
    private final Thread thread;
    private volatile @Nullable RuntimeException failure;
    private volatile boolean closed;

    public ThreadLane(int index) {
        this.index = index;
        this.slot = new LaneSlot(index);
        this.thread = Thread.ofPlatform().name("test-lane-" + index).start(this::work);
    }

    private void work() {
        while (!closed) {
            try {
                tasks.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
    }

    /** The last exception of a task, null when there was none. */
    public @Nullable RuntimeException failure() {
        return failure;
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
        return Thread.currentThread().equals(thread);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        throw new UnsupportedOperationException("no timers on this lane");
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join();
    }
}
