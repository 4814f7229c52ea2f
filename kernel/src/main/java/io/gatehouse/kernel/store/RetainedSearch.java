package io.gatehouse.kernel.store;

import io.gatehouse.kernel.topic.Steps;
import org.jspecify.annotations.Nullable;

/**
 * A search for retained messages that goes on where it stopped, in no particular order. It finds what is there from its beginning to its end and
 * does not expire; what is retained after its beginning it does not find. One thread at a time may use it, and no call blocks.
 */
public interface RetainedSearch {
    /** The next message; null when there is none, or when no step is left. */
    @Nullable
    Publication next(long nowMillis, Steps steps);

    /** True when there is nothing more to find. */
    boolean isOver();
}
