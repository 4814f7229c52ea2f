package io.gatehouse.kernel.bench;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What was counted so far, and the latencies since the last snapshot. The histograms belong to whoever took it. */
record Snapshot(Tally tally, Map<Measure, Histogram> latencies) {
    static Snapshot nothing() {
        return new Snapshot(Tally.ZERO, new EnumMap<>(Measure.class));
    }

    /** Both together, of different workers at the same time. */
    Snapshot with(Snapshot other) {
        Map<Measure, Histogram> sum = new EnumMap<>(Measure.class);
        merge(sum, latencies);
        merge(sum, other.latencies);
        return new Snapshot(tally.plus(other.tally), sum);
    }

    /** Adds histograms to others. */
    static void merge(Map<Measure, Histogram> sum, Map<Measure, Histogram> more) {
        more.forEach((measure, histogram) ->
                sum.computeIfAbsent(measure, key -> LatencyLog.histogram()).add(histogram));
    }
}
