package io.gatehouse.kernel.security;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker of one service: leaves alone for a while what failed many times in a row, so that clients are refused at once
 * instead of after a deadline each, and what is broken is not asked at full rate. Any thread; a call costs one volatile read while the
 * circuit is closed.
 *
 * <pre>
 *   closed --so many failures in a row--> open --a success, of the one call tried in each pause--> closed
 * </pre>
 */
final class Breaker {
    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    private final String module;
    private final int mostFailures;
    private final long pauseNanos;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable Open open;

    Breaker(String module, int mostFailures, Duration pause) {
        this.module = module;
        this.mostFailures = mostFailures;
        this.pauseNanos = pause.toNanos();
    }

    /** True when the module may be called now; when the circuit is open, one caller in each pause is told so. */
    boolean admits() {
        Open now = open;
        return now == null || now.admitsOne(pauseNanos);
    }

    /** True when {@link #admits} would be true. */
    boolean mayAdmit() {
        Open now = open;
        return now == null || now.isDue();
    }

    /** A call gave an answer, whatever it was. */
    void succeeded() {
        if (failures.getPlain() != 0) {
            failures.set(0);
        }
        if (open != null) {
            close();
        }
    }

    /** A call gave none. */
    void failed(String why) {
        int inRow = failures.incrementAndGet();
        Open now = open;
        if (now != null) {
            now.postpone(pauseNanos);
        } else if (inRow >= mostFailures) {
            open(inRow, why);
        }
    }

    /** Since when the circuit is open, and why; null when it is closed. */
    @Nullable
    String trouble() {
        Open now = open;
        return now == null ? null : "circuit open since " + now.since + ", because " + now.why;
    }

    private synchronized void open(int inRow, String why) {
        if (open == null) {
            open = new Open("it failed " + inRow + " times in a row, the last time because " + why, pauseNanos);
            LOG.warn("module {} is not asked for a while, and what it would decide is refused: {}", module, trouble());
        }
    }

    private synchronized void close() {
        if (open != null) {
            open = null;
            LOG.info("module {} answers again and is asked again", module);
        }
    }

    private static final class Open {
        private final Instant since = Instant.now();
        private final String why;
        private final AtomicLong nextTry;

        Open(String why, long pauseNanos) {
            this.why = why;
            this.nextTry = new AtomicLong(System.nanoTime() + pauseNanos);
        }

        boolean admitsOne(long pauseNanos) {
            long due = nextTry.get();
            long now = System.nanoTime();
            return now - due >= 0 && nextTry.compareAndSet(due, now + pauseNanos);
        }

        boolean isDue() {
            return System.nanoTime() - nextTry.get() >= 0;
        }

        void postpone(long pauseNanos) {
            nextTry.set(System.nanoTime() + pauseNanos);
        }
    }
}
