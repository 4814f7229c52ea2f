package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.config.Quantities;
import java.time.Duration;

/** Numbers and times of options, within bounds; what lies outside is a usage error that says what may be. */
final class Bounds {
    private Bounds() {}

    static long within(String option, long value, long least, long most) throws CliFailure {
        if (value < least || value > most) {
            throw new CliFailure(
                    ExitCode.USAGE, String.format("%s is %,d to %,d, not %,d", option, least, most, value));
        }
        return value;
    }

    static double within(String option, double value, double least, double most) throws CliFailure {
        if (!(value >= least && value <= most)) {
            throw new CliFailure(
                    ExitCode.USAGE, String.format("%s is %,.0f to %,.0f, not %s", option, least, most, value));
        }
        return value;
    }

    /** A time with its unit, such as {@code 10s}. */
    static Duration time(String option, String text, Duration least, Duration most) throws CliFailure {
        return Quantities.duration(text)
                .filter(time -> time.compareTo(least) >= 0 && time.compareTo(most) <= 0)
                .orElseThrow(() -> new CliFailure(
                        ExitCode.USAGE,
                        option + " is a time with a unit, such as 500ms, 10s or 2m, from " + seconds(least) + " to "
                                + seconds(most) + ", not " + text));
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    /** A number of bytes, such as {@code 256} or {@code 4KiB}. */
    static int size(String option, String text, int most) throws CliFailure {
        return Quantities.size(text)
                .filter(bytes -> bytes <= most)
                .map(Long::intValue)
                .orElseThrow(() -> new CliFailure(
                        ExitCode.USAGE,
                        String.format(
                                "%s is a size such as 256 or 4KiB, at most %,d bytes, not %s", option, most, text)));
    }
}
