package io.gatehouse.kernel.session;

import io.gatehouse.kernel.store.Publication;
import io.gatehouse.kernel.topic.Steps;
import org.jspecify.annotations.Nullable;

/** The retained messages for one new subscription. */
@OnLane
public interface RetainedMessages {
    /**
     * Looks for the next one that has not expired; the first call, when it is their turn, begins the search.
     *
     * @return null when there is none, or when no step is left
     */
    @Nullable
    Publication next(long nowMillis, Steps steps);

    /** True when all have been found. */
    boolean isOver();

    /**
     * False when the topic of one that was found a while ago has another retained message by now, or none: what changed that has come to the
     * subscription by itself, and what is older must not follow it.
     */
    boolean isCurrent(Publication found);
}
