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

    private final int index;
    private final EventLoop loop;
    private final List<Connection> dirty = new ArrayList<>();
    private final DeadlineWheel deadlines;
    private final LaneSlot slot;
    private final DecoderDesk desk = new DecoderDesk();

    /** True when {@link #endRound} is among the loop's tasks: it comes after all that was ready to be read. */
    private boolean inRound;

    /** 0 when nobody has asked in this round. */
    private long roundMillis;

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
        dirty.add(connection);
        beginRound();
    }

    @Override
    public long roundMillis() {
        if (roundMillis == 0) {
            roundMillis = System.currentTimeMillis();
            beginRound();
        }
        return roundMillis;
    }

    private void beginRound() {
        if (!inRound) {
            inRound = true;
            loop.execute(this::endRound);
        }
    }

    private void endRound() {
        inRound = false;
        roundMillis = 0;
        flush();
    }

    /**
     * Messages leave before acknowledgements: while the system hands out the former, more of the latter's publishers have something new to
     * be read. Whoever could write more waits for the others: a fast reader must not keep the lane.
     */
    private void flush() {
        int due = dirty.size();
        int later = 0;
        for (int i = 0; i < due; i++) {
            Connection connection = dirty.get(i);
            if (connection.isUrgent()) {
                connection.flush(); // which may add others, or the same again: their turn is the next round
            } else {
                dirty.set(later++, connection);
            }
        }
        for (int i = 0; i < later; i++) {
            dirty.get(i).flush();
        }
        dirty.subList(0, due).clear();
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
