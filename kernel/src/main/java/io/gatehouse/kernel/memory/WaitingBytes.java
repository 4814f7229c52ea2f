package io.gatehouse.kernel.memory;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many bytes of messages wait in sessions and are retained, roughly. The heap is measured at garbage collections only, and between
 * two of them a flood can fill all that is left: this is what the broker knows of it without one. Any thread may call.
 */
public final class WaitingBytes {
    private final LongAdder bytes = new LongAdder();

    /** So many more wait from now on, or fewer when it is negative. */
    void add(long more) {
        bytes.add(more);
    }

    long sum() {
        return bytes.sum();
    }
}
