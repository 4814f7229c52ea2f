package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.DropReason;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many messages subscribers did not get, by reason. */
@AnyThread
final class DropCounts {
    private final Map<DropReason, LongAdder> counts = new EnumMap<>(DropReason.class);

    DropCounts() {
        for (DropReason reason : DropReason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    void add(DropReason reason) {
        LongAdder count = counts.get(reason);
        if (count != null) {
            count.increment();
        }
    }

    /** Each reason by its text, those that never occurred too. */
    Map<String, Long> all() {
        Map<String, Long> all = new LinkedHashMap<>();
        counts.forEach((reason, count) -> all.put(reason.text(), count.sum()));
        return all;
    }
}
