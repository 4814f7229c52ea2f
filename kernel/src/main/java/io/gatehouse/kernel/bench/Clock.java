package io.gatehouse.kernel.bench;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Nanoseconds since 1970 that never go backwards: comparable between processes of one machine to a few microseconds, and between machines
 * as far as their clocks agree. Any thread.
 */
final class Clock {
    private static final long SECOND = 1_000_000_000L;

    private final LongSupplier ticks;
    private final long offset;

    /**
     * A clock.
     *
     * @param ticks nanoseconds since whenever
     * @param wall what time it is now
     */
    Clock(LongSupplier ticks, Instant wall) {
        this.ticks = ticks;
        this.offset = wall.getEpochSecond() * SECOND + wall.getNano() - ticks.getAsLong();
    }

    /** The clock of this machine. */
    static Clock ofMachine() {
        return new Clock(System::nanoTime, Instant.now());
    }

    long now() {
        return ticks.getAsLong() + offset;
    }
}
