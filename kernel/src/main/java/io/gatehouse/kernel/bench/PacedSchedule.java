package io.gatehouse.kernel.bench;

/**
 * When each of many things is due that shall happen at a steady rate. It is fixed before the first of them and does not know how fast the
 * broker is: latency that is counted from here cannot leave out what waited (coordinated omission).
 *
 * <p>Times are moved up to the next step of {@link #STEP}, so that a high rate is a train of small bursts and the thread that keeps it can
 * sleep in between without being late.
 */
final class PacedSchedule {
    /** 0.2 ms: above 5,000 in a second, several are due at once. */
    static final long STEP = 200_000;

    private static final double SECOND = 1e9;

    private final long start;
    private final double between;

    /**
     * A schedule.
     *
     * @param start in nanoseconds
     * @param rate in a second, more than 0
     */
    PacedSchedule(long start, double rate) {
        this.start = start;
        this.between = SECOND / rate;
    }

    /** When number {@code slot}, counted from 0, is due. */
    long due(long slot) {
        long exact = (long) (slot * between);
        return start + (exact + STEP - 1) / STEP * STEP;
    }

    /** How many are due in the first so many nanoseconds. */
    long slots(long nanos) {
        return (long) Math.floor(nanos / between);
    }
}
