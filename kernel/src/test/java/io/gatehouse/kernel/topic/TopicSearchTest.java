package io.gatehouse.kernel.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.TopicFilters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicSearchTest {
    private TopicTree<String> tree = new TopicTree<>();

    private void put(String topic) {
        tree.put(topic, topic);
    }

    /** Takes so many steps. */
    private static final class Some implements Steps {
        private int left;

        Some(int left) {
            this.left = left;
        }

        @Override
        public boolean take() {
            return left-- > 0;
        }
    }

    private static List<String> some(TopicSearch<String> search, int steps) {
        List<String> found = new ArrayList<>();
        Steps some = new Some(steps);
        for (String value = search.next(some); value != null; value = search.next(some)) {
            found.add(value);
        }
        return found;
    }

    private static List<String> rest(TopicSearch<String> search) {
        List<String> found = some(search, Integer.MAX_VALUE);
        assertThat(search.isOver()).isTrue();
        return found;
    }

    @Test
    void stopsWhereNoStepIsLeftAndGoesOnFromThere() {
        IntStream.range(0, 1_000).forEach(i -> put("a/" + i / 10 + "/" + i));
        TopicSearch<String> search = tree.search("a/+/#");
        Set<String> found = new HashSet<>();
        int portions = 0;
        for (; !search.isOver(); portions++) {
            List<String> portion = some(search, 10);
            assertThat(portion).hasSizeLessThan(100);
            portion.forEach(topic -> assertThat(found.add(topic)).isTrue());
        }
        assertThat(found).hasSize(1_000);
        assertThat(portions).isBetween(100, 1_000);
    }

    /** Or many who search for nothing would have their way. */
    @Test
    void takesStepsForWhatItPassesOver() {
        IntStream.range(0, 1_000).forEach(i -> {
            put("$" + i);
            put("a/" + i + "/x");
        });

        assertThat(some(tree.search("+"), 50)).isEmpty();
        assertThat(tree.search("+").isOver()).isFalse();
        TopicSearch<String> vain = tree.search("a/+/none");
        assertThat(some(vain, 50)).isEmpty();
        assertThat(vain.isOver()).isFalse();
        assertThat(rest(vain)).isEmpty();
    }

    @Test
    void takesNoStepWithoutWildcards() {
        put("a/b");

        assertThat(some(tree.search("a/b"), 0)).containsExactly("a/b");
        assertThat(tree.search("a/c").isOver()).isTrue();
    }

    @Test
    void findsNothingThatWasPutAfterItsBeginning() {
        IntStream.range(0, 100).forEach(i -> put("a/" + i));
        TopicSearch<String> search = tree.search("#");
        List<String> found = new ArrayList<>(some(search, 20));
        List<String> left =
                new ArrayList<>(IntStream.range(0, 100).mapToObj(i -> "a/" + i).toList());
        left.removeAll(found);
        tree.put(left.getFirst(), "changed");
        tree.remove(left.get(1));
        IntStream.range(100, 200).forEach(i -> put("a/" + i));

        assertThat(rest(search)).containsExactlyInAnyOrderElementsOf(left.subList(2, left.size()));
    }

    /** Tables of the tree grow and shrink at random while searches rest. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void findsOnceWhatStaysAndNothingElseHoweverOftenItRests(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            tree = new TopicTree<>();
            Set<String> present = new HashSet<>();
            for (int i = 0; i < 600; i++) {
                change(random, present, random.nextInt(4) > 0);
            }
            String filter = List.of("#", "+/+/#", "a/#", "+/b/#", "a/+/+", "+/+", "a/+/+/#")
                    .get(random.nextInt(7));
            Set<String> stays = new HashSet<>(present);
            stays.removeIf(topic -> !TopicFilters.matches(filter, topic));
            TopicSearch<String> search = tree.search(filter);
            Set<String> before = new HashSet<>(stays);
            List<String> found = new ArrayList<>();
            while (!search.isOver()) {
                found.addAll(some(search, 1 + random.nextInt(40)));
                boolean grows = random.nextBoolean();
                for (int i = random.nextInt(400); i > 0; i--) {
                    stays.remove(change(random, present, grows ? random.nextInt(5) > 0 : random.nextInt(5) == 0));
                }
            }
            assertThat(found)
                    .as("seed %d, round %d, %s", seed, round, filter)
                    .doesNotHaveDuplicates()
                    .containsAll(stays);
            assertThat(before).containsAll(found);
        }
    }

    private String change(Random random, Set<String> present, boolean put) {
        String topic = (random.nextInt(4) > 0 ? "a/" : "c/")
                + (random.nextBoolean() ? "b/" : "")
                + random.nextInt(random.nextBoolean() ? 20 : 900)
                + (random.nextInt(10) == 0 ? "/x" : "");
        if (put) {
            put(topic);
            present.add(topic);
        } else {
            tree.remove(topic);
            present.remove(topic);
        }
        return topic;
    }

    @Test
    void findsWhatStaysWhileAnotherThreadChangesTheTree() throws Exception {
        List<String> stays =
                IntStream.range(0, 300).mapToObj(i -> "s/" + i % 7 + "/" + i).toList();
        stays.forEach(this::put);
        CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> {
            Random random = new Random(1);
            for (int i = 0; i < 300_000; i++) {
                String topic = "s/" + random.nextInt(9) + "/n" + random.nextInt(i % 1_000 + 1);
                if ((i / 2_000) % 2 == 0) {
                    put(topic);
                } else {
                    tree.remove(topic);
                }
            }
        });
        do {
            TopicSearch<String> search = tree.search("s/+/#");
            List<String> found = new ArrayList<>();
            while (!search.isOver()) {
                found.addAll(some(search, 7));
            }
            assertThat(found).doesNotHaveDuplicates().containsAll(stays);
        } while (!changes.isDone());
        changes.get();
    }
}
