package io.gatehouse.kernel.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a bench may take. */
final class BenchTime {
    static final long MOST_MESSAGES = 1_000_000_000_000L;
    private static final Duration LONGEST = Duration.ofDays(30);

    private BenchTime() {}

    /** What {@code --duration} says; empty when it is not given. */
    static Optional<Duration> duration(@Nullable String text) throws CliFailure {
        return text == null ? Optional.empty() : Optional.of(Bounds.time("--duration", text, Duration.ZERO, LONGEST));
    }
}
