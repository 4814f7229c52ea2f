package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.RetainedMessages;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.kernel.store.RetainedStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/** Finds the retained messages that one filter selects. While nothing at all is retained anew, all of them are known to be current. */
@OnLane
final class RetainedLookup implements RetainedMessages {
    private final RetainedStore store;
    private final String filter;
    private final LongSupplier clock;
    private long changes;

    RetainedLookup(RetainedStore store, String filter, LongSupplier clock) {
        this.store = store;
        this.filter = filter;
        this.clock = clock;
    }

    @Override
    public Iterator<Publication> find() {
        changes = store.changes(); // before the search, so that what changes meanwhile is noticed
        List<Publication> found = new ArrayList<>();
        store.match(filter, clock.getAsLong(), found::add);
        return found.iterator();
    }

    @Override
    public boolean isCurrent(Publication found) {
        return store.changes() == changes || store.holds(found);
    }
}
