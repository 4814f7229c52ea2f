package io.gatehouse.kernel.bench;

import java.util.Map;
import java.util.TreeMap;

/** Counters at one moment, of one worker or of all. Immutable. */
final class Tally {
    static final Tally ZERO = new Tally(new long[Count.values().length], 0, Map.of(), Map.of(), Map.of());

    private final long[] values;
    private final long mostBehind;
    private final Map<String, Long> failures;
    private final Map<String, Long> losses;
    private final Map<String, Long> refusals;

    Tally(
            long[] values,
            long mostBehind,
            Map<String, Long> failures,
            Map<String, Long> losses,
            Map<String, Long> refusals) {
        this.values = values.clone();
        this.mostBehind = mostBehind;
        this.failures = new TreeMap<>(failures);
        this.losses = new TreeMap<>(losses);
        this.refusals = new TreeMap<>(refusals);
    }

    long of(Count count) {
        return values[count.index()];
    }

    /** How many more there are than there were. */
    long since(Tally before, Count count) {
        return of(count) - before.of(count);
    }

    /** Messages that came for the first time. */
    long delivered() {
        return of(Count.RECEIVED) - of(Count.DUPLICATED);
    }

    /** By how much the latest message was late, in nanoseconds. */
    long mostBehind() {
        return mostBehind;
    }

    Map<String, Long> failures() {
        return Map.copyOf(failures);
    }

    Map<String, Long> losses() {
        return Map.copyOf(losses);
    }

    Map<String, Long> refusals() {
        return Map.copyOf(refusals);
    }

    Tally plus(Tally other) {
        long[] sums = values.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.values[i];
        }
        return new Tally(
                sums,
                Math.max(mostBehind, other.mostBehind),
                sum(failures, other.failures),
                sum(losses, other.losses),
                sum(refusals, other.refusals));
    }

    private static Map<String, Long> sum(Map<String, Long> some, Map<String, Long> more) {
        Map<String, Long> sum = new TreeMap<>(some);
        more.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return sum;
    }
}
