package io.gatehouse.kernel.bench;

import java.time.Instant;

/**
 * Nanoseconds since 1970 that never go backwards: comparable between processes of one machine to a few microseconds, and between machines
 * as far as their clocks agree. Any thread.
 */
final class Clock {
    private static final long SECOND = 1_000_000_000L;

    private final long offset;

    Clock() {
        Instant wall = Instant.now();
        offset = wall.getEpochSecond() * SECOND + wall.getNano() - System.nanoTime();
    }

    long now() {
        return System.nanoTime() + offset;
    }
}
