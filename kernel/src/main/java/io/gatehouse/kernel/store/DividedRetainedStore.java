package io.gatehouse.kernel.store;

import io.gatehouse.kernel.topic.FilterPrefix;
import io.gatehouse.sdk.mqtt.Message;

/**
 * Keeps what the broker tells about itself apart from the retained messages of clients, so that neither takes the other's place. No
 * filter selects both: a wildcard does not select {@code $SYS}.
 */
public final class DividedRetainedStore implements RetainedStore {
    private static final String OWN = "$SYS";
    private static final int MOST_OWN = 10_000;

    private final RetainedStore own = new MemoryRetainedStore(MOST_OWN);
    private final RetainedStore others;

    /** A store that leaves to another one what is not the broker's own. */
    public DividedRetainedStore(RetainedStore others) {
        this.others = others;
    }

    private RetainedStore of(String topicOrFilter) {
        return FilterPrefix.isFirstLevel(OWN, topicOrFilter) ? own : others;
    }

    @Override
    public boolean retain(Publication publication) {
        return of(publication.message().topic()).retain(publication);
    }

    @Override
    public boolean hasRoomFor(Message message) {
        return of(message.topic()).hasRoomFor(message);
    }

    @Override
    public RetainedSearch search(String filter) {
        return of(filter).search(filter);
    }

    @Override
    public boolean holds(Publication publication) {
        return of(publication.message().topic()).holds(publication);
    }

    /** The number of retained messages of clients. */
    @Override
    public int size() {
        return others.size();
    }
}
