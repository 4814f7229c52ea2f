package io.gatehouse.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryGuardTest {
    private final TestGauge heap = new TestGauge();
    private final TestGauge direct = new TestGauge();
    private int ceiling = 85;
    private final MemoryGuard guard = new MemoryGuard(() -> ceiling, List.of(heap, direct), new WaitingBytes());

    /** Shows what the test says; a refresh may bring something else to light. */
    private static final class TestGauge implements MemoryGauge {
        double used;
        double truth = -1;
        int refreshed;

        @Override
        public double used() {
            return used;
        }

        @Override
        public void refresh() {
            refreshed++;
            used = truth < 0 ? used : truth;
        }
    }

    private MemoryLevel levelAt(int percent) {
        heap.used = percent / 100.0;
        guard.check();
        return guard.level();
    }

    @Test
    void becomesTightBelowTheCeilingAndFullAtIt() {
        assertThat(levelAt(74)).isEqualTo(MemoryLevel.NORMAL);
        assertThat(levelAt(75)).isEqualTo(MemoryLevel.TIGHT);
        assertThat(levelAt(84)).isEqualTo(MemoryLevel.TIGHT);
        assertThat(levelAt(85)).isEqualTo(MemoryLevel.FULL);
        assertThat(guard.isFull()).isTrue();
        assertThat(guard.isTight()).isTrue();
    }

    @Test
    void doesNotWaverAtABoundary() {
        levelAt(85);
        assertThat(levelAt(80)).isEqualTo(MemoryLevel.FULL);
        assertThat(levelAt(79)).isEqualTo(MemoryLevel.TIGHT);
        assertThat(levelAt(70)).isEqualTo(MemoryLevel.TIGHT);
        assertThat(levelAt(69)).isEqualTo(MemoryLevel.NORMAL);
        assertThat(levelAt(74)).isEqualTo(MemoryLevel.NORMAL);
    }

    @Test
    void goesFromFullToNormalAtOnceWhenThereIsRoomAgain() {
        levelAt(99);

        assertThat(levelAt(30)).isEqualTo(MemoryLevel.NORMAL);
    }

    @Test
    void looksAtTheFullestKindOfMemory() {
        direct.used = 0.9;

        assertThat(levelAt(10)).isEqualTo(MemoryLevel.FULL);
        assertThat(guard.percent()).isEqualTo(90);
    }

    @Test
    void makesSureBeforeItRefusesAnything() {
        heap.truth = 0.2; // the rest was garbage

        assertThat(levelAt(95)).isEqualTo(MemoryLevel.NORMAL);
        assertThat(heap.refreshed).isEqualTo(1);
    }

    @Test
    void asksForNoMeasurementWhileThereIsEnough() {
        levelAt(50);

        assertThat(heap.refreshed).isZero();
    }

    @Test
    void keepsAskingWhileItRefusesOrItWouldNeverKnowThatThereIsRoom() {
        levelAt(90);
        heap.truth = 0.1;

        guard.check();

        assertThat(guard.level()).isEqualTo(MemoryLevel.NORMAL);
    }

    @Test
    void followsACeilingThatIsEdited() {
        assertThat(levelAt(60)).isEqualTo(MemoryLevel.NORMAL);
        ceiling = 50;

        assertThat(levelAt(60)).isEqualTo(MemoryLevel.FULL);
    }
}
