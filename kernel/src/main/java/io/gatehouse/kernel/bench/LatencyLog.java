package io.gatehouse.kernel.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The latencies that one worker has seen since they were last taken. Its thread only; what was taken belongs to the taker. */
final class LatencyLog {
    private static final long LONGEST = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 3;

    private final @Nullable Histogram[] present = new Histogram[Measure.values().length];
    private long from = Long.MAX_VALUE;
    private long until = Long.MAX_VALUE;

    /** An empty histogram of nanoseconds: 0 to an hour, to three digits. */
    static Histogram histogram() {
        return new Histogram(LONGEST, DIGITS);
    }

    /** Messages that were due in this time count, the end not included. */
    void measure(long begin, long end) {
        from = begin;
        until = end;
    }

    /** A message came or was acknowledged. */
    void message(Measure measure, long due, long now) {
        if (due >= from && due < until) {
            record(measure, now - due);
        }
    }

    /** Counts in any case. */
    void record(Measure measure, long nanos) {
        Histogram histogram = present[measure.index()];
        if (histogram == null) {
            histogram = histogram();
            present[measure.index()] = histogram;
        }
        histogram.recordValue(Math.clamp(nanos, 0, LONGEST)); // clocks of two machines may differ
    }

    /** What there is, and begins anew. */
    Map<Measure, Histogram> take() {
        Map<Measure, Histogram> taken = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            Histogram histogram = present[measure.index()];
            if (histogram != null) {
                taken.put(measure, histogram);
                present[measure.index()] = null;
            }
        }
        return taken;
    }
}
