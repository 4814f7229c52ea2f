package io.gatehouse.kernel.swap;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which versions of one module may have decided when. One thread writes, any reads; times are those of {@link System#nanoTime}. */
final class Timeline {
    private static final class Span {
        private final String version;
        private final long begin = System.nanoTime();
        private volatile long end = Long.MAX_VALUE;

        Span(String version) {
            this.version = version;
        }
    }

    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /** From now on this version may decide. */
    void begin(String version) {
        spans.add(new Span(version));
    }

    /** From now on this version may no longer decide. */
    void end(String version) {
        long now = System.nanoTime();
        for (Span span : spans) {
            if (span.version.equals(version) && span.end == Long.MAX_VALUE) {
                span.end = now;
            }
        }
    }

    /** True when this version may have decided at some moment between these two. */
    boolean wasLive(String version, long from, long to) {
        return spans.stream()
                .anyMatch(span -> span.version.equals(version) && span.begin - to <= 0 && span.end - from >= 0);
    }
}
