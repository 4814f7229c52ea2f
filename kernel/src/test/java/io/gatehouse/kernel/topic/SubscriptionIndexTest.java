package io.gatehouse.kernel.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.TopicFilters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionIndexTest {
    private static final String[] LEVELS = {"a", "b", "$s", ""};

    private record Entry(String filter, int number) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsExactlyTheEntriesThatTheSpecificationSelects(long seed) {
        Random random = new Random(seed);
        SubscriptionIndex<Entry> index = new SubscriptionIndex<>();
        List<Entry> present = new ArrayList<>();
        for (int step = 0; step < 4_000; step++) {
            change(random, index, present, step);
            String topic = topic(random);
            assertThat(found(index, topic))
                    .as("seed %d, step %d, topic '%s'", seed, step, topic)
                    .containsExactlyInAnyOrderElementsOf(present.stream()
                            .filter(entry -> TopicFilters.matches(entry.filter(), topic))
                            .toList());
            assertThat(index.size()).isEqualTo(present.size());
        }
    }

    private static void change(Random random, SubscriptionIndex<Entry> index, List<Entry> present, int step) {
        int choice = random.nextInt(10);
        if (present.isEmpty() || (choice < 5 && present.size() < 60)) {
            Entry entry = new Entry(filter(random), step);
            index.add(entry.filter(), entry);
            present.add(entry);
        } else if (choice < 9) {
            Entry gone = present.remove(random.nextInt(present.size()));
            assertThat(index.remove(gone.filter(), gone)).isTrue();
            assertThat(index.remove(gone.filter(), gone)).isFalse();
        } else {
            int at = random.nextInt(present.size());
            Entry old = present.get(at);
            Entry replacement = new Entry(old.filter(), step);
            assertThat(index.replace(old.filter(), old, replacement)).isTrue();
            present.set(at, replacement);
        }
    }

    @Test
    void doesNotReplaceWhatIsNotThere() {
        SubscriptionIndex<Entry> index = new SubscriptionIndex<>();
        Entry entry = new Entry("a/+", 1);

        assertThat(index.replace("a/+", entry, new Entry("a/+", 2))).isFalse();
        assertThat(index.replace("a", entry, new Entry("a", 2))).isFalse();
        assertThat(index.size()).isZero();
    }

    @Test
    void tellsWhetherOneSubscriberMayOccurTwice() {
        SubscriptionIndex<Entry> index = new SubscriptionIndex<>();
        index.add("a", new Entry("a", 1));
        index.add("a", new Entry("a", 2));
        Matches<Entry> matches = new Matches<>();

        index.match("a", matches);
        assertThat(matches.mayRepeat()).isFalse();

        index.add("+", new Entry("+", 3));
        matches.clear();
        index.match("a", matches);
        assertThat(matches.mayRepeat()).isTrue();
    }

    @Test
    void holdsManyMatchesAndForgetsThem() {
        SubscriptionIndex<Entry> index = new SubscriptionIndex<>();
        IntStream.range(0, 5_000).forEach(i -> index.add("a", new Entry("a", i)));
        Matches<Entry> matches = new Matches<>();

        index.match("a", matches);
        assertThat(matches.size()).isEqualTo(5_000);
        matches.clear();
        assertThat(matches.size()).isZero();
    }

    /** Neighbours come and go, and with them whole branches of the trie; those who stay are found by every search. */
    @Test
    void neverMissesAnEntryThatIsThereAllTheTime() throws Exception {
        SubscriptionIndex<Entry> index = new SubscriptionIndex<>();
        List<Entry> constant = Stream.of("a/b/c", "a/+/c", "a/#", "+/b/+", "#", "a/b/+", "+/+/#")
                .map(filter -> new Entry(filter, 0))
                .toList();
        constant.forEach(entry -> index.add(entry.filter(), entry));
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            Future<Integer> misses = threads.submit(() -> misses(index, constant, done));
            Future<?> one = threads.submit(() -> churn(index, 11));
            Future<?> other = threads.submit(() -> churn(index, 12));
            one.get();
            other.get();
            done.set(true);
            assertThat(misses.get()).isZero();
        }
        assertThat(found(index, "a/b/c")).containsExactlyInAnyOrderElementsOf(constant);
        assertThat(index.size()).isEqualTo(constant.size());
    }

    private static int misses(SubscriptionIndex<Entry> index, List<Entry> constant, AtomicBoolean done) {
        int misses = 0;
        Matches<Entry> matches = new Matches<>();
        while (!done.get()) {
            matches.clear();
            index.match("a/b/c", matches);
            List<Entry> found = new ArrayList<>();
            for (int i = 0; i < matches.size(); i++) {
                found.add(matches.get(i));
            }
            misses += found.containsAll(constant) ? 0 : 1;
        }
        return misses;
    }

    private static void churn(SubscriptionIndex<Entry> index, long seed) {
        Random random = new Random(seed);
        String[] filters = {"a/b/c", "a/b/c/#", "a/+/c", "+/b/c/d", "a/b/+/x", "+/#", "a/b/c/d/e/+", "z/+"};
        for (int i = 0; i < 20_000; i++) {
            Entry entry = new Entry(filters[random.nextInt(filters.length)], i);
            index.add(entry.filter(), entry);
            index.remove(entry.filter(), entry);
        }
    }

    private static List<Entry> found(SubscriptionIndex<Entry> index, String topic) {
        Matches<Entry> matches = new Matches<>();
        index.match(topic, matches);
        return IntStream.range(0, matches.size()).mapToObj(matches::get).toList();
    }

    static String topic(Random random) {
        StringBuilder topic = new StringBuilder(LEVELS[random.nextInt(LEVELS.length)]);
        for (int i = random.nextInt(4); i > 0; i--) {
            topic.append('/').append(LEVELS[random.nextInt(LEVELS.length)]);
        }
        return topic.isEmpty() ? "a" : topic.toString();
    }

    static String filter(Random random) {
        StringBuilder filter = new StringBuilder();
        int levels = 1 + random.nextInt(4);
        for (int i = 0; i < levels; i++) {
            filter.append(i == 0 ? "" : "/");
            switch (random.nextInt(6)) {
                case 0 -> {
                    return filter.append('#').toString();
                }
                case 1, 2 -> filter.append('+');
                default -> filter.append(LEVELS[random.nextInt(LEVELS.length)]);
            }
        }
        return filter.isEmpty() ? "+" : filter.toString();
    }
}
