package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.session.Lane;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopLaneTest {
    private final EventLoops loops = new EventLoops("test", 1);
    private final Lane lane = loops.lanes().all().getFirst();

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void looksAtTheClockOnceInARound() throws Exception {
        assertThat(onLane(() -> {
                    long first = lane.roundMillis();
                    awaitMillisAfter(first);
                    return lane.roundMillis() - first;
                }))
                .isZero();
    }

    @Test
    void looksAgainInTheNextRound() throws Exception {
        long first = onLane(lane::roundMillis);
        awaitMillisAfter(first);
        assertThat(onLane(lane::roundMillis)).isGreaterThan(first);
    }

    private static void awaitMillisAfter(long millis) {
        while (System.currentTimeMillis() <= millis) {
            Thread.onSpinWait();
        }
    }

    private <T> T onLane(Callable<T> question) throws ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(question);
        lane.execute(task);
        return task.get();
    }
}
