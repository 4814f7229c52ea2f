package io.gatehouse.kernel.bench;

import org.HdrHistogram.Histogram;

/** A distribution of latencies in microseconds. */
public record LatencySummary(
        long count,
        double minimum,
        double mean,
        double p50,
        double p90,
        double p99,
        double p999,
        double p9999,
        double maximum) {
    private static final double MICROSECOND = 1_000;

    static LatencySummary of(Histogram nanos) {
        return new LatencySummary(
                nanos.getTotalCount(),
                micros(nanos.getTotalCount() == 0 ? 0 : (double) nanos.getMinValue()),
                micros(nanos.getMean()),
                percentile(nanos, 50),
                percentile(nanos, 90),
                percentile(nanos, 99),
                percentile(nanos, 99.9),
                percentile(nanos, 99.99),
                micros((double) nanos.getMaxValue()));
    }

    private static double percentile(Histogram nanos, double percent) {
        return micros((double) nanos.getValueAtPercentile(percent));
    }

    /** To a tenth of a microsecond: more than that is not known. */
    private static double micros(double nanos) {
        return Math.round(nanos / MICROSECOND * 10) / 10.0;
    }
}
