package io.gatehouse.kernel.security;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long the calls of the last one to two minutes took, in buckets of which there are four for each power of two, so that a
 * percentile is at most a quarter too large. Any thread; takes no lock and allocates once in a minute.
 */
final class Latencies {
    private static final int BUCKETS = 256;
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final double PERCENTILE = 0.99;

    private final LongSupplier nanoTime;
    private final AtomicReference<Window> current;

    Latencies(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.current = new AtomicReference<>(new Window(nanoTime.getAsLong(), null));
    }

    /** Adds one call. */
    void took(long nanos) {
        present().counts.incrementAndGet(bucket(nanos));
    }

    /** What 99 of 100 calls did not exceed; zero when there were none. */
    Duration p99() {
        Window now = present();
        AtomicIntegerArray before = now.before;
        long[] counts = new long[BUCKETS];
        long all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = now.counts.get(i) + (before == null ? 0L : before.get(i));
            all += counts[i];
        }
        long below = (long) Math.ceil(all * PERCENTILE);
        long seen = 0;
        for (int i = 0; i < BUCKETS && all > 0; i++) {
            seen += counts[i];
            if (seen >= below) {
                return Duration.ofNanos(top(i));
            }
        }
        return Duration.ZERO;
    }

    private Window present() {
        long now = nanoTime.getAsLong();
        Window window = current.get();
        long age = now - window.begin;
        if (age < WINDOW_NANOS) {
            return window;
        }
        AtomicIntegerArray before = age < 2 * WINDOW_NANOS ? window.counts : null;
        Window next = new Window(now, before);
        return current.compareAndSet(window, next) ? next : current.get();
    }

    private static int bucket(long nanos) {
        long value = Math.max(4, nanos);
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        return power * 4 + (int) (value >>> (power - 2) & 3);
    }

    /** The largest value of a bucket. */
    private static long top(int bucket) {
        int power = bucket / 4;
        long step = 1L << (power - 2);
        return (1L << power) + (bucket % 4 + 1) * step - 1;
    }

    private static final class Window {
        private final long begin;
        private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);
        private final @Nullable AtomicIntegerArray before;

        Window(long begin, @Nullable AtomicIntegerArray before) {
            this.begin = begin;
            this.before = before;
        }
    }
}
