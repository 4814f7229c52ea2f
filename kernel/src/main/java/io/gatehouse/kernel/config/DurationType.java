package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.Optional;

/**
 * A duration within bounds, both included.
 *
 * @param step what it must be a multiple of, where MQTT counts in whole seconds
 * @param unlimited what {@code never} and {@code infinity} stand for; empty where they are not allowed
 */
record DurationType(Duration min, Duration max, Duration step, Optional<Duration> unlimited)
        implements ValueType<Duration> {
    private static final Duration FINEST = Duration.ofNanos(1);

    static DurationType between(Duration min, Duration max) {
        return new DurationType(min, max, FINEST, Optional.empty());
    }

    /** Whole seconds up to a bound, or unlimited. */
    static DurationType secondsOrNever(Duration max, Duration unlimited) {
        return new DurationType(Duration.ZERO, max, Duration.ofSeconds(1), Optional.of(unlimited));
    }

    @Override
    public Reading<Duration> read(ConfigValue value) {
        String text = Scalars.text(value).orElse("");
        if (unlimited.isPresent() && (text.equals("never") || text.equals("infinity"))) {
            return Reading.good(unlimited.get());
        }
        return Quantities.duration(text)
                .filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0)
                .filter(d -> d.toNanos() % step.toNanos() == 0)
                .map(Reading::good)
                .orElseGet(() -> refuse(value));
    }

    @Override
    public String allowed() {
        String unit = step.equals(FINEST) ? "with a unit, such as 5s" : "in whole seconds with a unit, such as 90s";
        String bounds = "a duration from " + Quantities.showDuration(min) + " to " + Quantities.showDuration(max);
        return bounds + " " + unit + (unlimited.isPresent() ? ", or never" : "");
    }
}
