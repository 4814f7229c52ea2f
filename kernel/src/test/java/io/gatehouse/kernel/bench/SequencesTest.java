package io.gatehouse.kernel.bench;

import static io.gatehouse.kernel.bench.Sequences.Verdict.DUPLICATE;
import static io.gatehouse.kernel.bench.Sequences.Verdict.IN_ORDER;
import static io.gatehouse.kernel.bench.Sequences.Verdict.LATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SequencesTest {
    private final Sequences sequences = new Sequences();

    @Test
    void goodMessagesAreInOrder() {
        assertThat(accept(0, 1, 2, 3)).containsOnly(IN_ORDER);
        assertThat(sequences.gaps()).isZero();
    }

    @Test
    void beginsWithTheFirstThatCame() {
        assertThat(accept(1_000, 1_001)).containsOnly(IN_ORDER);
        assertThat(sequences.gaps()).isZero();
    }

    @Test
    void countsWhatIsMissing() {
        assertThat(accept(0, 3, 300)).containsOnly(IN_ORDER);
        assertThat(sequences.gaps()).isEqualTo(2 + 296);
    }

    @Test
    void tellsLateFromRepeated() {
        assertThat(accept(0, 2, 1, 1, 2, 0)).containsExactly(IN_ORDER, IN_ORDER, LATE, DUPLICATE, DUPLICATE, DUPLICATE);
        assertThat(sequences.gaps()).isZero();
    }

    @Test
    void takesWhatIsVeryOldForRepeated() {
        assertThat(accept(0, 100, 1)).containsExactly(IN_ORDER, IN_ORDER, DUPLICATE);
        assertThat(sequences.gaps()).isEqualTo(99);
    }

    @Test
    void goesOnBehindTheLargestNumber() {
        assertThat(accept(Integer.MAX_VALUE - 1, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 1))
                .containsOnly(IN_ORDER);
        assertThat(accept(-1, 0, 1)).containsOnly(IN_ORDER);
    }

    @Test
    void keepsSourcesApart() {
        assertThat(IntStream.range(0, 10).mapToObj(i -> sequences.accept(i % 3, i / 3)))
                .containsOnly(IN_ORDER);
        assertThat(sequences.accept(1, 1)).isEqualTo(DUPLICATE);
        assertThat(sequences.accept(2, 4)).isEqualTo(IN_ORDER);
        assertThat(sequences.gaps()).isEqualTo(1);
    }

    private List<Sequences.Verdict> accept(int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(number -> sequences.accept(7, number))
                .toList();
    }
}
