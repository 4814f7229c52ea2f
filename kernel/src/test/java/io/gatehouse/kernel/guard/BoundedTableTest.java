package io.gatehouse.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedTableTest {
    private final BoundedTable<Integer> table = new BoundedTable<>(160);

    private static Mark mark(int number) {
        return Mark.of("name " + number);
    }

    @Test
    void forgetsWhatWasNotTouchedForLongest() {
        table.compute(mark(0), _ -> 0);
        for (int i = 1; i < 10_000; i++) {
            int number = i;
            table.compute(mark(i), _ -> number);
            assertThat(table.find(mark(0))).isZero();
        }

        assertThat(table.values()).hasSize(160).contains(0);
        assertThat(table.find(mark(1))).isNull();
    }

    @Test
    void spreadsMarksOverAllItsParts() {
        IntStream.range(0, 160).forEach(i -> table.compute(mark(i), _ -> i));

        assertThat(table.values()).hasSizeGreaterThan(110);
    }

    @Test
    void removesWhatFits() {
        IntStream.range(0, 10).forEach(i -> table.compute(mark(i), _ -> i));

        assertThat(table.removeIf(number -> number % 2 == 0)).isEqualTo(5);
        assertThat(table.compute(mark(1), _ -> null)).isNull();
        assertThat(table.values()).containsExactlyInAnyOrder(3, 5, 7, 9);
    }

    @Test
    void tellsTextsApartHoweverTheyAreCut() {
        assertThat(Mark.of("a", "bc")).isNotEqualTo(Mark.of("ab", "c"));
        assertThat(Mark.of("a", "b")).isEqualTo(Mark.of("a", "b"));
    }
}
