package io.gatehouse.kernel.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.TopicFilters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTreeTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsExactlyTheValuesThatTheSpecificationSelects(long seed) {
        Random random = new Random(seed);
        TopicTree<String> tree = new TopicTree<>();
        Map<String, String> present = new HashMap<>();
        for (int step = 0; step < 4_000; step++) {
            String topic = SubscriptionIndexTest.topic(random);
            String value = topic + " " + step;
            if (random.nextInt(3) > 0) {
                assertThat(tree.put(topic, value)).isEqualTo(present.put(topic, value));
            } else {
                assertThat(tree.remove(topic)).isEqualTo(present.remove(topic));
            }
            assertThat(tree.get(topic)).isEqualTo(present.get(topic));
            assertThat(tree.size()).isEqualTo(present.size());
            String filter = SubscriptionIndexTest.filter(random);
            assertThat(found(tree, filter))
                    .as("seed %d, step %d, filter '%s'", seed, step, filter)
                    .containsExactlyInAnyOrderElementsOf(present.entrySet().stream()
                            .filter(entry -> TopicFilters.matches(filter, entry.getKey()))
                            .map(Map.Entry::getValue)
                            .toList());
        }
    }

    @Test
    void removesAValueOnlyIfItIsStillThatOne() {
        TopicTree<Object> tree = new TopicTree<>();
        Object old = new Object();
        Object present = new Object();
        tree.put("a/b", old);
        tree.put("a/b", present);

        tree.remove("a/b", old);
        assertThat(tree.get("a/b")).isSameAs(present);
        tree.remove("a/b", present);
        assertThat(tree.get("a/b")).isNull();
        assertThat(tree.size()).isZero();
    }

    @Test
    void bearsRemovalDuringASearch() {
        TopicTree<String> tree = new TopicTree<>();
        for (int i = 0; i < 100; i++) {
            tree.put("a/" + i, "a/" + i);
        }

        TopicSearch<String> search = tree.search("#");
        for (String topic = search.next(Steps.ALL); topic != null; topic = search.next(Steps.ALL)) {
            tree.remove(topic);
        }

        assertThat(tree.size()).isZero();
        assertThat(found(tree, "#")).isEmpty();
    }

    private static List<String> found(TopicTree<String> tree, String filter) {
        List<String> found = new ArrayList<>();
        TopicSearch<String> search = tree.search(filter);
        for (String value = search.next(Steps.ALL); value != null; value = search.next(Steps.ALL)) {
            found.add(value);
        }
        assertThat(search.isOver()).isTrue();
        return found;
    }
}
