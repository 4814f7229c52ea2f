package io.gatehouse.kernel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InFlightTest {
    @Test
    void remembersWhenEachWasDue() {
        InFlight inFlight = new InFlight(10);
        int first = inFlight.take(100);
        int second = inFlight.take(200);

        assertThat(inFlight.done(second)).isEqualTo(200);
        assertThat(inFlight.done(first)).isEqualTo(100);
        assertThat(inFlight.done(first)).isEqualTo(InFlight.UNKNOWN);
    }

    @Test
    void knowsNothingThatWasNotTaken() {
        InFlight inFlight = new InFlight(2);

        assertThat(IntStream.of(0, 1, 2, 3, 65_535).anyMatch(inFlight::knows)).isFalse();
    }

    @Test
    void isFullAtItsSizeAndNeverGivesAnIdentifierTwice() {
        Random random = new Random(4);
        InFlight inFlight = new InFlight(65_535);
        Set<Integer> taken = new HashSet<>();
        Deque<Integer> order = new ArrayDeque<>();
        for (int i = 0; i < 300_000; i++) {
            if (!inFlight.isFull() && random.nextInt(5) > 0) {
                int id = inFlight.take(i);
                assertThat(id).isBetween(1, 65_535);
                assertThat(taken.add(id)).isTrue();
                order.add(id);
            } else if (!order.isEmpty()) {
                int id = random.nextBoolean() ? order.removeFirst() : order.removeLast();
                assertThat(inFlight.done(id)).isNotEqualTo(InFlight.UNKNOWN);
                taken.remove(id);
            }
        }
        assertThat(inFlight.clear()).isEqualTo(taken.size());
        assertThat(inFlight.isFull()).isFalse();
    }
}
