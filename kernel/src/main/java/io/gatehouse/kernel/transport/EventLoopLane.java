package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.codec.DecoderDesk;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.kernel.session.OnLane;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A lane that is a Netty event loop. Connections that have something to flush are collected and flushed together when the loop has
 * handled all that was ready to be read: a connection that many others write to is flushed once.
 */
@AnyThread
final class EventLoopLane implements Lane {
    /** Long enough for everything that MQTT can ask for, short enough for every clock. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(200 * 365);

    /** A lane that has read so many clients in one round will have read others by the end of the next one. */
    private static final int BUSY = 8;

    private final int index;
    private final EventLoop loop;
    private final List<Connection> dirty = new ArrayList<>();
    /** How many clients were read in the present round. */
    private int reads;

    private final DeadlineWheel deadlines;
    private final LaneSlot slot;
    private final DecoderDesk desk = new DecoderDesk();

    EventLoopLane(int index, EventLoop loop) {
        this.index = index;
        this.loop = loop;
        this.deadlines = new DeadlineWheel(this);
        this.slot = new LaneSlot(index);
    }

    EventLoop loop() {
        return loop;
    }

    @OnLane
    DeadlineWheel deadlines() {
        return deadlines;
    }

    /** Where the packets of this lane's connections are decoded. */
    @OnLane
    DecoderDesk desk() {
        return desk;
    }

    /** Flushes the connection at the end of the loop's present round; the connection calls once until it is flushed. */
    @OnLane
    void flushLater(Connection connection) {
        if (dirty.isEmpty()) {
            loop.execute(this::flush);
        }
        dirty.add(connection);
    }

    /** Bytes of a client have arrived. */
    @OnLane
    void hasRead() {
        reads++;
    }

    private void flush() {
        boolean busy = reads >= BUSY;
        reads = 0;
        int due = dirty.size();
        int kept = 0;
        for (int i = 0; i < due; i++) {
            Connection connection = dirty.get(i);
            if (busy && connection.postpone()) {
                dirty.set(kept++, connection);
            } else {
                connection.flush(); // which may add others, or the same again
            }
        }
        dirty.subList(kept, due).clear();
        // Whoever could write more has to wait for the others: a fast reader must not keep the lane.
        if (!dirty.isEmpty()) {
            loop.execute(this::flush);
        }
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
    public boolean isCurrent() {
        return loop.inEventLoop();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Duration wait = delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
        Future<?> scheduled = loop.schedule(task, Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            if (!loop.isShuttingDown()) {
                throw e;
            }
            // The broker has stopped, and with it everything that the task was about.
        }
    }
}
