package io.gatehouse.kernel.bench;

import java.util.Map;
import java.util.TreeMap;

/** The counters of one worker; its thread only. */
final class Counters {
    /** Kinds of reasons that are told apart; brokers can make up sentences. */
    private static final int MOST_REASONS = 50;

    private final long[] values = new long[Count.values().length];
    private final Map<String, Long> failures = new TreeMap<>();
    private final Map<String, Long> losses = new TreeMap<>();
    private final Map<String, Long> refusals = new TreeMap<>();
    private long mostBehind;

    void add(Count count) {
        values[count.index()]++;
    }

    void add(Count count, long more) {
        values[count.index()] += more;
    }

    /** A message was written this much later than it was due. */
    void behind(long nanos) {
        add(Count.BEHIND);
        mostBehind = Math.max(mostBehind, nanos);
    }

    /** A client could not connect. */
    void failed(String reason) {
        count(failures, reason);
    }

    /** A connection ended that should not. */
    void lost(String reason) {
        count(losses, reason);
    }

    /** The broker refused a message or a subscription. */
    void refused(String reason) {
        count(refusals, reason);
    }

    private static void count(Map<String, Long> reasons, String reason) {
        String kind = reasons.size() < MOST_REASONS || reasons.containsKey(reason) ? reason : "other reasons";
        reasons.merge(kind, 1L, Long::sum);
    }

    Tally tally() {
        return new Tally(values, mostBehind, failures, losses, refusals);
    }
}
