package io.gatehouse.kernel.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void endsByItselfAndLeavesNoThreadBehind() {
        try (WarmUp warmUp = new WarmUp(3).start()) {
            await("the end").atMost(PATIENCE).until(() -> !warmUp.isRunning());
        }

        await("its lane to end").atMost(PATIENCE).until(() -> threads() == 0);
    }

    @Test
    void endsEarlyWhenItIsClosed() {
        WarmUp warmUp = new WarmUp(Integer.MAX_VALUE).start();
        await("the lane").atMost(PATIENCE).until(() -> threads() > 1);

        warmUp.close();

        await("the end").atMost(PATIENCE).until(() -> !warmUp.isRunning());
        assertThat(warmUp.isRunning()).isFalse();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("warm-up"))
                .count();
    }
}
