package io.gatehouse.sdk.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFiltersTest {
    @ParameterizedTest
    @CsvSource({
        "sport/tennis, sport/tennis, true",
        "sport/tennis, sport/tenni, false",
        "sport/tennis, sport, false",
        "sport, sport/tennis, false",
        "sport/#, sport, true",
        "sport/#, sport/tennis/player1, true",
        "sport/#, sports, false",
        "#, sport/tennis, true",
        "+, sport, true",
        "+, sport/tennis, false",
        "+, /finance, false",
        "+/+, /finance, true",
        "/+, /finance, true",
        "sport/+, sport, false",
        "sport/+, sport/, true",
        "sport/+/player1, sport/tennis/player1, true",
        "sport/+/player1, sport/tennis/player2, false",
        "+/+/#, sport, false",
        "+/+/#, sport/tennis, true",
        "#, $SYS/uptime, false",
        "+/uptime, $SYS/uptime, false",
        "$SYS/#, $SYS/uptime, true",
        "$SYS/+, $SYS/uptime, true",
        "a/#, a/$x, true",
    })
    void matchesNamesAsTheSpecificationSays(String filter, String topic, boolean expected) {
        assertThat(TopicFilters.matches(filter, topic)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "#, #, true",
        "+/#, #, true",
        "#, +/#, true",
        "+/+/#, #, false",
        "#, a/+/b, true",
        "a/#, a, true",
        "a/#, a/#, true",
        "a/#, a/+/#, true",
        "a/+/#, a/#, false",
        "a/+, a/b, true",
        "a/+, a/+, true",
        "a/+, a/#, false",
        "a/b, a/+, false",
        "a/b, a/#, false",
        "+, a, true",
        "+, #, false",
        "#, $SYS/#, false",
        "+/x, $SYS/x, false",
        "$SYS/#, $SYS/x/+, true",
        "$SYS/#, #, false",
    })
    void coversWhenNothingMoreIsSelected(String wide, String narrow, boolean expected) {
        assertThat(TopicFilters.covers(wide, narrow)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a/#, true",
        "a/b, #, true",
        "a/+, +/b, true",
        "a/+, b/+, false",
        "a/+, a, false",
        "a/#, a, true",
        "a/+/#, a, false",
        "a/b/c, +/+/+, true",
        "a/b/c, +/+, false",
        "$SYS/#, #, false",
        "$SYS/x, +/x, false",
        "$SYS/x, $SYS/+, true",
    })
    void overlapsWhenANameIsSelectedByBoth(String one, String other, boolean expected) {
        assertThat(TopicFilters.overlaps(one, other)).isEqualTo(expected);
        assertThat(TopicFilters.overlaps(other, one)).isEqualTo(expected);
    }

    /**
     * Every filter and every name of up to three levels over a small alphabet. The names have one level and one word more than the
     * filters, so that each difference between two sets has a witness.
     */
    @Test
    void agreesWithTheSetsOfNamesInEveryCaseOfASmallWorld() {
        List<String> names = words(4, "a", "b", "", "$s", "other");
        List<String> filters = words(3, "a", "", "$s", "+", "#");
        filters.removeIf(filter -> !TopicFilters.isValidFilter(filter));

        Map<String, BitSet> selections = new HashMap<>();
        filters.forEach(filter -> selections.put(filter, selection(filter, names)));
        selections.forEach((one, selectedByOne) -> selections.forEach((other, selectedByOther) -> {
            BitSet common = (BitSet) selectedByOne.clone();
            common.and(selectedByOther);
            assertThat(TopicFilters.covers(one, other))
                    .as("%s covers %s", one, other)
                    .isEqualTo(common.equals(selectedByOther));
            assertThat(TopicFilters.overlaps(one, other))
                    .as("%s overlaps %s", one, other)
                    .isEqualTo(!common.isEmpty());
        }));
    }

    @Test
    void matchesLikeANaiveReadingOfTheSpecification() {
        Random random = new Random(4711);
        for (int i = 0; i < 30_000; i++) {
            String filter = randomPath(random, "a", "bb", "", "$s", "+", "#");
            String name = randomPath(random, "a", "bb", "", "$s", "c");
            if (TopicFilters.isValidFilter(filter) && TopicFilters.isValidTopicName(name)) {
                assertThat(TopicFilters.matches(filter, name))
                        .as("%s matches %s", filter, name)
                        .isEqualTo(selects(filter, name));
            }
        }
    }

    @Test
    void relationsAgreeWithEachOtherOnRandomFilters() {
        Random random = new Random(815);
        for (int i = 0; i < 30_000; i++) {
            String one = randomPath(random, "a", "b", "$s", "+", "#");
            String other = randomPath(random, "a", "b", "$s", "+", "#");
            if (!TopicFilters.isValidFilter(one) || !TopicFilters.isValidFilter(other)) {
                continue;
            }
            assertThat(TopicFilters.covers(one, one)).as(one).isTrue();
            if (TopicFilters.covers(one, other)) {
                assertThat(TopicFilters.overlaps(one, other))
                        .as(one + " " + other)
                        .isTrue();
            }
            if (TopicFilters.isValidTopicName(other)) {
                boolean matches = TopicFilters.matches(one, other);
                assertThat(TopicFilters.covers(one, other)).isEqualTo(matches);
                assertThat(TopicFilters.overlaps(one, other)).isEqualTo(matches);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "a/b", "a//b", "#", "+", "a/#", "+/+/#", "/+/", "$SYS/#", "\uD83D\uDE00", "a b"})
    void acceptsValidFilters(String filter) {
        assertThat(TopicFilters.isValidFilter(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a#", "a/#/b", "#/", "##", "a+", "+a", "a/b+/c", "++", "a\0b", "\uD83D", "\uDE00\uD83D"})
    void refusesInvalidFilters(String filter) {
        assertThat(TopicFilters.isValidFilter(filter)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/+", "#", "a#b", "a\0", "\uDE00"})
    void refusesInvalidNames(String name) {
        assertThat(TopicFilters.isValidTopicName(name)).isFalse();
    }

    @Test
    void boundsTheLengthInBytesOfUtf8() {
        assertThat(TopicFilters.isValidTopicName("a".repeat(65_535))).isTrue();
        assertThat(TopicFilters.isValidTopicName("a".repeat(65_536))).isFalse();
        assertThat(TopicFilters.isValidFilter("é".repeat(32_767))).isTrue();
        assertThat(TopicFilters.isValidFilter("é".repeat(32_768))).isFalse();
        assertThat(TopicFilters.isValidFilter("€".repeat(21_845))).isTrue();
        assertThat(TopicFilters.isValidFilter("€".repeat(21_846))).isFalse();
        assertThat(TopicFilters.isValidFilter("\uD83D\uDE00".repeat(16_383))).isTrue();
        assertThat(TopicFilters.isValidFilter("\uD83D\uDE00".repeat(16_384))).isFalse();
    }

    @Test
    void knowsWildcards() {
        assertThat(TopicFilters.hasWildcard("a/+/b")).isTrue();
        assertThat(TopicFilters.hasWildcard("a/#")).isTrue();
        assertThat(TopicFilters.hasWildcard("a/b")).isFalse();
    }

    @Test
    void throwsNothingForInvalidArguments() {
        List<String> anything = words(3, "", "#", "+", "a#", "$", "/");
        for (String one : anything) {
            for (String other : anything) {
                assertThatCode(() -> {
                            TopicFilters.matches(one, other);
                            TopicFilters.covers(one, other);
                            TopicFilters.overlaps(one, other);
                        })
                        .doesNotThrowAnyException();
            }
        }
    }

    private static BitSet selection(String filter, List<String> names) {
        BitSet selected = new BitSet();
        for (int i = 0; i < names.size(); i++) {
            selected.set(i, selects(filter, names.get(i)));
        }
        return selected;
    }

    /** The definition, level by level and without any cleverness. */
    private static boolean selects(String filter, String name) {
        List<String> levels = List.of(name.split("/", -1));
        List<String> pattern = List.of(filter.split("/", -1));
        boolean wildcardFirst =
                pattern.getFirst().equals("+") || pattern.getFirst().equals("#");
        if (name.startsWith("$") && wildcardFirst) {
            return false;
        }
        if (pattern.getLast().equals("#")) {
            pattern = pattern.subList(0, pattern.size() - 1);
            if (levels.size() < pattern.size()) {
                return false;
            }
            levels = levels.subList(0, pattern.size());
        }
        if (levels.size() != pattern.size()) {
            return false;
        }
        for (int i = 0; i < levels.size(); i++) {
            if (!pattern.get(i).equals("+") && !pattern.get(i).equals(levels.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** All paths of one to so many levels. */
    private static List<String> words(int levels, String... alphabet) {
        List<String> all = new ArrayList<>();
        List<String> longest = List.of(alphabet);
        for (int level = 1; level <= levels; level++) {
            all.addAll(longest);
            List<String> longer = new ArrayList<>();
            for (String path : longest) {
                for (String word : alphabet) {
                    longer.add(path + "/" + word);
                }
            }
            longest = longer;
        }
        return all;
    }

    private static String randomPath(Random random, String... alphabet) {
        StringBuilder path = new StringBuilder(alphabet[random.nextInt(alphabet.length)]);
        for (int more = random.nextInt(4); more > 0; more--) {
            path.append('/').append(alphabet[random.nextInt(alphabet.length)]);
        }
        return path.toString();
    }
}
