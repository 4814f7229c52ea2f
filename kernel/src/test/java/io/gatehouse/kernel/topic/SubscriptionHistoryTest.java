package io.gatehouse.kernel.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.TopicFilters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two writers change the index at random while two readers search it. Every call is stamped when it begins and when it has ended; a search
 * must have found whatever was there from before its beginning until after its end, and nothing that was not there at any moment of it.
 */
@Timeout(120)
class SubscriptionHistoryTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int WRITERS = 2;
    private static final int SLOTS = 24;
    private static final int NAMES = 40;
    private static final int CHANGES = 60_000;

    private final SubscriptionIndex<Entry> index = new SubscriptionIndex<>();
    private final AtomicLong clock = new AtomicLong();
    private final AtomicReferenceArray<@Nullable Entry> present = new AtomicReferenceArray<>(WRITERS * SLOTS);
    private final AtomicBoolean done = new AtomicBoolean();

    /** An entry's life in stamps: each is taken before the call, or after it. */
    private static final class Entry {
        private final String filter;
        private volatile long addBegan = NEVER;
        private volatile long addEnded = NEVER;
        private volatile long removeBegan = NEVER;
        private volatile long removeEnded = NEVER;

        /** What takes its place in one step; null when it is just removed. */
        private volatile @Nullable Entry replacement;

        Entry(String filter) {
            this.filter = filter;
        }

        boolean wasThereThroughout(long from, long to) {
            return addEnded < from && removeBegan > to;
        }

        boolean wasThereAtSomeMoment(long from, long to) {
            return addBegan < to && removeEnded > from;
        }
    }

    @Test
    void aSearchSeesEachFilterBeforeOrAfterAChange() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 2)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(threads.submit(() -> write(writer)));
            }
            List<Future<List<String>>> readers =
                    List.of(threads.submit(() -> read(71)), threads.submit(() -> read(72)));
            try {
                for (Future<?> writer : writers) {
                    writer.get();
                }
            } finally {
                done.set(true);
            }
            for (Future<List<String>> reader : readers) {
                assertThat(reader.get()).isEmpty();
            }
        }
        assertThat(index.size()).isEqualTo(everybody().size());
    }

    private void write(int writer) {
        Random random = new Random(writer);
        for (int change = 0; change < CHANGES; change++) {
            int slot = writer * SLOTS + random.nextInt(SLOTS);
            Entry old = present.get(slot);
            if (old == null) {
                Entry entry = new Entry(filter(random));
                present.set(slot, entry);
                add(entry);
            } else if (random.nextInt(4) == 0) {
                replace(slot, old, new Entry(old.filter));
            } else {
                remove(old);
                present.set(slot, null);
            }
        }
    }

    /** One half with few names in many places, the other with many names in one, whose table grows and shrinks all the time. */
    private static String filter(Random random) {
        return random.nextBoolean()
                ? SubscriptionIndexTest.filter(random)
                : "many/n" + random.nextInt(NAMES) + (random.nextBoolean() ? "/+" : "/#");
    }

    private static String topic(Random random) {
        return random.nextBoolean() ? SubscriptionIndexTest.topic(random) : "many/n" + random.nextInt(NAMES) + "/x";
    }

    private void add(Entry entry) {
        entry.addBegan = clock.incrementAndGet();
        index.add(entry.filter, entry);
        entry.addEnded = clock.incrementAndGet();
    }

    private void remove(Entry entry) {
        entry.removeBegan = clock.incrementAndGet();
        assertThat(index.remove(entry.filter, entry)).isTrue();
        entry.removeEnded = clock.incrementAndGet();
    }

    private void replace(int slot, Entry old, Entry replacement) {
        old.replacement = replacement;
        long began = clock.incrementAndGet();
        replacement.addBegan = began;
        old.removeBegan = began;
        assertThat(index.replace(old.filter, old, replacement)).isTrue();
        long ended = clock.incrementAndGet();
        old.removeEnded = ended;
        replacement.addEnded = ended;
        present.set(slot, replacement);
    }

    private List<String> read(long seed) {
        Random random = new Random(seed);
        List<String> mistakes = new ArrayList<>();
        while (!done.get() && mistakes.size() < 5) {
            search(topic(random), mistakes);
        }
        return mistakes;
    }

    private void search(String topic, List<String> mistakes) {
        List<Entry> known = everybody();
        Matches<Entry> matches = new Matches<>();
        long from = clock.incrementAndGet();
        index.match(topic, matches);
        long to = clock.incrementAndGet();
        Set<Entry> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < matches.size(); i++) {
            Entry entry = matches.get(i);
            if (!found.add(entry)) {
                mistakes.add("found twice: " + entry.filter + " by " + topic);
            }
            if (!TopicFilters.matches(entry.filter, topic) || !entry.wasThereAtSomeMoment(from, to)) {
                mistakes.add("found and not there: " + entry.filter + " by " + topic);
            }
        }
        for (Entry entry : known) {
            if (TopicFilters.matches(entry.filter, topic) && isMissed(entry, found, from, to)) {
                mistakes.add("there and not found: " + entry.filter + " by " + topic);
            }
        }
    }

    /** Also true when neither the entry nor what took its place during the search was found. */
    private static boolean isMissed(Entry entry, Set<Entry> found, long from, long to) {
        if (found.contains(entry)) {
            return false;
        }
        if (entry.wasThereThroughout(from, to)) {
            return true;
        }
        Entry next = entry.replacement;
        return next != null && entry.addEnded < from && next.removeBegan > to && !found.contains(next);
    }

    private List<Entry> everybody() {
        List<Entry> all = new ArrayList<>();
        for (int i = 0; i < present.length(); i++) {
            Entry entry = present.get(i);
            if (entry != null) {
                all.add(entry);
            }
        }
        return all;
    }
}
