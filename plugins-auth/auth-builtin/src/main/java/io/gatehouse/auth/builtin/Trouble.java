package io.gatehouse.auth.builtin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last thing that went wrong, forgotten after a minute. Any thread may call. */
final class Trouble {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final InstantSource clock;
    private volatile @Nullable Event last;

    Trouble(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Remembers what went wrong.
     *
     * @param sentence for an operator: what, where, what to do
     */
    void happened(String sentence) {
        last = new Event(sentence, clock.instant());
    }

    /** What went wrong within the last minute. */
    Optional<String> recent() {
        Event event = last;
        return event != null && event.at().plus(REMEMBERED).isAfter(clock.instant())
                ? Optional.of(event.sentence())
                : Optional.empty();
    }

    private record Event(String sentence, Instant at) {}
}
