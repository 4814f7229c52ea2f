package io.gatehouse.kernel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PacedScheduleTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    @Test
    void spacesEvenly() {
        PacedSchedule schedule = new PacedSchedule(5 * SECOND, 1_000);

        assertThat(LongStream.range(0, 4).map(schedule::due))
                .containsExactly(
                        5 * SECOND,
                        5 * SECOND + MILLISECOND,
                        5 * SECOND + 2 * MILLISECOND,
                        5 * SECOND + 3 * MILLISECOND);
    }

    @Test
    void keepsARateThatIsNoWholeNumberOfSteps() {
        PacedSchedule schedule = new PacedSchedule(0, 30_000);

        assertThat(schedule.due(30_000 * 3_600)).isEqualTo(3_600 * SECOND);
        assertThat(schedule.slots(10 * SECOND)).isEqualTo(300_000);
        assertThat(LongStream.range(0, 1_000).map(schedule::due))
                .isSorted()
                .allMatch(due -> due % PacedSchedule.STEP == 0);
    }

    @Test
    void isNeverBeforeItsTime() {
        double rate = 77_777;
        PacedSchedule schedule = new PacedSchedule(0, rate);

        for (long slot = 0; slot < 10_000; slot++) {
            double exact = slot * (SECOND / rate);
            assertThat((double) schedule.due(slot)).isBetween(Math.floor(exact), exact + PacedSchedule.STEP);
        }
    }

    @Test
    void servesLessThanOneInASecond() {
        assertThat(new PacedSchedule(0, 0.1).due(3)).isEqualTo(30 * SECOND);
    }

    @Test
    void sharesAllMessagesAmongThePublishers() {
        for (int publishers = 1; publishers < 8; publishers++) {
            int of = publishers;
            assertThat(LongStream.range(0, of)
                            .map(publisher -> Pace.share(100, (int) publisher, of))
                            .sum())
                    .isEqualTo(100);
        }
        assertThat(Pace.share(Long.MAX_VALUE, 3, 7)).isEqualTo(Long.MAX_VALUE);
        assertThat(Pace.share(2, 5, 7)).isZero();
    }
}
