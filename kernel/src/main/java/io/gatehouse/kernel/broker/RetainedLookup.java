package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.RetainedMessages;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.kernel.store.RetainedSearch;
import io.gatehouse.kernel.store.RetainedStore;
import io.gatehouse.kernel.topic.Steps;
import org.jspecify.annotations.Nullable;

/**
 * Finds the retained messages that one filter selects. What is retained while it searches it does not find: that has come to the subscription
 * by itself.
 */
@OnLane
final class RetainedLookup implements RetainedMessages {
    private final RetainedStore store;
    private final String filter;
    private @Nullable RetainedSearch search;

    RetainedLookup(RetainedStore store, String filter) {
        this.store = store;
        this.filter = filter;
    }

    @Override
    public @Nullable Publication next(long nowMillis, Steps steps) {
        if (search == null) {
            search = store.search(filter);
        }
        return search.next(nowMillis, steps);
    }

    @Override
    public boolean isOver() {
        return search != null && search.isOver();
    }

    @Override
    public boolean isCurrent(Publication found) {
        return store.holds(found);
    }
}
