package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.session.OnLane;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds connections whose client has been silent for too long: before CONNECT (the connect time-out) and after it (the keep alive, MQTT
 * 5.0 section 3.1.2.10). A wheel of one-second slots: a connection stands in the slot of the second in which it would expire had it
 * sent nothing since, and only then is looked at again. Reading from a connection costs the wheel nothing; adding and removing
 * one is a matter of a few pointers.
 */
@OnLane
final class DeadlineWheel {
    private static final Logger LOG = LoggerFactory.getLogger(DeadlineWheel.class);
    private static final int SLOTS = 256;
    private static final Duration TICK = Duration.ofSeconds(1);

    private final EventLoopLane lane;
    private final @Nullable Entry[] slots = new Entry[SLOTS];
    private int size;
    private boolean ticking;
    private long second;

    DeadlineWheel(EventLoopLane lane) {
        this.lane = lane;
    }

    /** A connection's place in the wheel. */
    static final class Entry {
        private final Connection connection;
        private @Nullable Entry before;
        private @Nullable Entry after;
        private int slot = -1;

        Entry(Connection connection) {
            this.connection = connection;
        }
    }

    /** Watches a connection, or looks at its deadline anew. */
    void watch(Entry entry) {
        unwatch(entry);
        place(entry);
        if (!ticking) {
            ticking = true;
            second = now();
            lane.schedule(TICK, this::tick);
        }
    }

    /** Forgets a connection that is closed, goes to another lane, or has no deadline. */
    void unwatch(Entry entry) {
        if (entry.slot < 0) {
            return;
        }
        if (entry.before == null) {
            slots[entry.slot] = entry.after;
        } else {
            entry.before.after = entry.after;
        }
        if (entry.after != null) {
            entry.after.before = entry.before;
        }
        entry.before = null;
        entry.after = null;
        entry.slot = -1;
        size--;
    }

    private void place(Entry entry) {
        long due = Math.max(now() + 1, Math.min(entry.connection.deadlineSecond(), now() + SLOTS - 1));
        entry.slot = slot(due);
        entry.after = slots[entry.slot];
        if (entry.after != null) {
            entry.after.before = entry;
        }
        slots[entry.slot] = entry;
        size++;
    }

    private void tick() {
        try {
            for (long now = now(); second <= now; second++) {
                Entry next = slots[slot(second)];
                while (next != null) {
                    Entry entry = next;
                    next = entry.after;
                    lookSafely(entry);
                }
            }
        } finally { // or nobody would be watched any more
            ticking = size > 0;
            if (ticking) {
                lane.schedule(TICK, this::tick);
            }
        }
    }

    /** One connection that goes wrong must not keep the others from being watched. */
    private void lookSafely(Entry entry) {
        try {
            look(entry);
        } catch (RuntimeException e) {
            LOG.error("A connection could not be ended in time", e);
        }
    }

    private void look(Entry entry) {
        unwatch(entry);
        if (entry.connection.deadlineSecond() <= now()) {
            entry.connection.deadlinePassed();
        } else {
            place(entry);
        }
    }

    /** Seconds on the clock of {@link System#nanoTime()}. */
    static long now() {
        return second(System.nanoTime());
    }

    /** The second in which this point of time of {@link System#nanoTime()} lies; such a point may be negative. */
    static long second(long nanoTime) {
        return Math.floorDiv(nanoTime, TICK.toNanos());
    }

    private static int slot(long second) {
        return Math.floorMod(second, SLOTS);
    }
}
