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
    private final @Nullable Patience[] slots = new Patience[SLOTS];
    private int size;
    private boolean ticking;
    private long second;

    DeadlineWheel(EventLoopLane lane) {
        this.lane = lane;
    }

    /** Watches a connection, or looks at its deadline anew. */
    void watch(Patience patience) {
        unwatch(patience);
        place(patience);
        if (!ticking) {
            ticking = true;
            second = now();
            lane.schedule(TICK, this::tick);
        }
    }

    /** Forgets a connection that is closed, goes to another lane, or has no deadline. */
    void unwatch(Patience patience) {
        if (patience.slot < 0) {
            return;
        }
        if (patience.before == null) {
            slots[patience.slot] = patience.after;
        } else {
            patience.before.after = patience.after;
        }
        if (patience.after != null) {
            patience.after.before = patience.before;
        }
        patience.before = null;
        patience.after = null;
        patience.slot = -1;
        size--;
    }

    private void place(Patience patience) {
        long due = Math.max(now() + 1, Math.min(patience.deadlineSecond(), now() + SLOTS - 1));
        patience.slot = slot(due);
        patience.after = slots[patience.slot];
        if (patience.after != null) {
            patience.after.before = patience;
        }
        slots[patience.slot] = patience;
        size++;
    }

    private void tick() {
        try {
            for (long now = now(); second <= now; second++) {
                Patience next = slots[slot(second)];
                while (next != null) {
                    Patience patience = next;
                    next = patience.after;
                    lookSafely(patience);
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
    private void lookSafely(Patience patience) {
        try {
            look(patience);
        } catch (RuntimeException e) {
            LOG.error("A connection could not be ended in time", e);
        }
    }

    private void look(Patience patience) {
        unwatch(patience);
        if (patience.deadlineSecond() <= now()) {
            patience.isOver();
        } else {
            place(patience);
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
