package io.gatehouse.kernel.store;

import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.topic.Steps;
import io.gatehouse.kernel.topic.TopicSearch;
import io.gatehouse.kernel.topic.TopicTree;
import io.gatehouse.sdk.mqtt.Message;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Retained messages that live as long as the process. One that has expired is forgotten when a search meets it, or, when the store is
 * full, by a look through all of them.
 */
public final class MemoryRetainedStore implements RetainedStore {
    private static final long SHORTEST_PAUSE_MILLIS = 1_000;

    private final TopicTree<Publication> messages = new TopicTree<>();
    private final AtomicLong bytes = new AtomicLong();

    /** How many of the messages will expire. */
    private final AtomicLong mortal = new AtomicLong();

    private final Supplier<Bounds> bounds;
    private final MemoryPressure memory;
    private final Executor sweeper;
    private final LongSupplier clock;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile long sweptAt;

    /**
     * What a store keeps at most.
     *
     * @param bytes of all messages together
     */
    public record Bounds(int messages, long bytes) {}

    /**
     * An empty store.
     *
     * @param bounds in force at the moment
     * @param memory while it is tight, no message for a further topic is kept
     * @param sweeper looks through a full store; not on the calling lane
     * @param clock milliseconds since the epoch
     */
    public MemoryRetainedStore(Supplier<Bounds> bounds, MemoryPressure memory, Executor sweeper, LongSupplier clock) {
        this.bounds = bounds;
        this.memory = memory;
        this.sweeper = sweeper;
        this.clock = clock;
        this.sweptAt = clock.getAsLong() - SHORTEST_PAUSE_MILLIS;
    }

    /**
     * An empty store that keeps so many messages of any size.
     *
     * @param limit how many messages it keeps at most
     */
    public MemoryRetainedStore(int limit) {
        this(() -> new Bounds(limit, Long.MAX_VALUE), MemoryPressure.NONE, Runnable::run, System::currentTimeMillis);
    }

    @Override
    public boolean retain(Publication publication) {
        String topic = publication.message().topic();
        if (publication.message().payload().isEmpty()) {
            count(messages.remove(topic), -1);
        } else if (hasRoomFor(publication.message())) {
            count(publication, 1);
            count(messages.put(topic, publication), -1);
        } else {
            return false;
        }
        return true;
    }

    @Override
    public boolean hasRoomFor(Message message) {
        return message.payload().isEmpty() || fits(message) || (sweep() && fits(message));
    }

    private boolean fits(Message message) {
        Publication old = messages.get(message.topic());
        if (old == null && memory.isTight()) {
            return false;
        }
        Bounds most = bounds.get();
        return (old != null || messages.size() < most.messages())
                && bytes.get() + Publication.size(message) - (old == null ? 0 : old.size()) <= most.bytes();
    }

    private void count(@Nullable Publication publication, int sign) {
        if (publication != null) {
            long change = (long) sign * publication.size();
            bytes.addAndGet(change);
            memory.waits(change);
            if (publication.expiresAt() != Publication.NEVER) {
                mortal.addAndGet(sign);
            }
        }
    }

    /** Has everything that has expired forgotten, if that can be and was not done a moment ago; true when it was done at once. */
    private boolean sweep() {
        boolean due = mortal.get() > 0 && clock.getAsLong() - sweptAt >= SHORTEST_PAUSE_MILLIS;
        if (!due || !sweeping.compareAndSet(false, true)) {
            return false;
        }
        sweeper.execute(() -> {
            try {
                long now = clock.getAsLong();
                Search all = new Search(messages.searchAll());
                while (all.next(now, Steps.ALL) != null) {}
                sweptAt = clock.getAsLong();
            } finally {
                sweeping.set(false);
            }
        });
        return !sweeping.get();
    }

    /** Forgets it when it has expired. */
    private boolean isExpired(Publication publication, long nowMillis) {
        boolean expired = publication.isExpired(nowMillis);
        if (expired && messages.remove(publication.message().topic(), publication)) {
            count(publication, -1);
        }
        return expired;
    }

    @Override
    public RetainedSearch search(String filter) {
        return new Search(messages.search(filter));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // this very one, not one that looks the same
    public boolean holds(Publication publication) {
        return messages.get(publication.message().topic()) == publication;
    }

    @Override
    public int size() {
        return messages.size();
    }

    /** How much memory the messages take, roughly, in bytes. */
    public long bytes() {
        return bytes.get();
    }

    /** Forgets what has expired when it meets it. */
    private final class Search implements RetainedSearch {
        private final TopicSearch<Publication> search;

        Search(TopicSearch<Publication> search) {
            this.search = search;
        }

        @Override
        public @Nullable Publication next(long nowMillis, Steps steps) {
            Publication found = search.next(steps);
            while (found != null && isExpired(found, nowMillis)) {
                found = search.next(steps);
            }
            return found;
        }

        @Override
        public boolean isOver() {
            return search.isOver();
        }
    }
}
