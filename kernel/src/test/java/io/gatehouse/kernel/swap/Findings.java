package io.gatehouse.kernel.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What must not happen and did: how often, and the first case of each kind. Any thread. */
final class Findings {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, String> first = new ConcurrentHashMap<>();

    /** Something happened that must not. */
    void add(String kind, String detail) {
        counts.computeIfAbsent(kind, _ -> new LongAdder()).increment();
        first.putIfAbsent(kind, detail);
    }

    long count(String kind) {
        LongAdder count = counts.get(kind);
        return count == null ? 0 : count.sum();
    }

    void assertNone() {
        assertThat(counts)
                .as("what must not happen; the first of each: " + first)
                .isEmpty();
    }
}
