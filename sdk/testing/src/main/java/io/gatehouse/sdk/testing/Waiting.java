package io.gatehouse.sdk.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads bring about. */
final class Waiting {
    /** Longer than anything takes on a loaded machine, shorter than anybody's patience. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration STEP = Duration.ofMillis(10);

    private Waiting() {}

    /** Blocks until it is so; after {@link #PATIENCE} fails with this sentence. */
    static void until(BooleanSupplier condition, Supplier<String> sentence) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                throw new AssertionError(sentence.get());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted while it waited", e);
        }
    }
}
