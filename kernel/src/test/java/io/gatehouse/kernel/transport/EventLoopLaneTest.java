package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventLoopLaneTest {
    private final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), LocalIoHandler.newFactory());
    private final EventLoopLane lane = new EventLoopLane(0, loop);
    private final AtomicInteger rounds = new AtomicInteger();

    private void again() {
        if (rounds.incrementAndGet() < 10) {
            lane.executeNextRound(this::again);
        }
    }

    /** A task that submits itself keeps the loop from the network for as long as there is one. */
    @Test
    void goesToTheNetworkBeforeTheNextRound() {
        lane.execute(this::again);
        for (int round = 1; round <= 10; round++) {
            loop.runNow();
            assertThat(rounds.get()).isEqualTo(round);
        }
    }

    @Test
    void renewsItsPortionsInTheNextRound() {
        int steps = 0;
        while (steps < 1_000_000 && lane.portions().take()) {
            steps++;
        }
        assertThat(steps).isBetween(1, 100_000);

        loop.runNow();
        assertThat(lane.portions().take()).isTrue();
    }

    @Test
    void looksAtTheClockOnceInARound() {
        long first = lane.roundMillis();
        awaitMillisAfter(first);
        assertThat(lane.roundMillis()).isEqualTo(first);

        loop.runNow();
        assertThat(lane.roundMillis()).isGreaterThan(first);
    }

    private static void awaitMillisAfter(long millis) {
        while (System.currentTimeMillis() <= millis) {
            Thread.onSpinWait();
        }
    }
}
