package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.codec.DecoderDesk;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.Portions;
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
    private final Portions portions;

    /** True when {@link #endRound} is going to be called: it comes after all that was ready to be read. */
    private boolean inRound;

    /** 0 when nobody has asked in this round. */
    private long roundMillis;

    EventLoopLane(int index, EventLoop loop) {
        this.index = index;
        this.loop = loop;
        this.deadlines = new DeadlineWheel(this);
        this.slot = new LaneSlot(index);
        this.portions = new Portions(this);
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

    /** Whoever could write more now waits for the others, and for the network: a fast reader must not keep the lane. */
    private void endRound() {
        roundMillis = 0;
        try {
            flush();
        } finally {
            inRound = !dirty.isEmpty() || roundMillis != 0;
            if (inRound) {
                executeNextRound(this::endRound);
            }
        }
    }

    /**
     * Messages leave before acknowledgements: while the system hands out the former, more of the latter's publishers have something new to
     * be read.
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
    @OnLane
    public Portions portions() {
        return portions;
    }

    /** The loop does its tasks until none is left, those that come meanwhile too; only timers wait until it has been to the network. */
    @Override
    @OnLane
    public void executeNextRound(Runnable task) {
        schedule(Duration.ZERO, task);
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
