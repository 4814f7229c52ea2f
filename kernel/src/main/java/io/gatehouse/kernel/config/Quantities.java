package io.gatehouse.kernel.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Durations and sizes as HOCON writes them: {@code 5s}, {@code 1.5 minutes}, {@code 64KiB}. */
public final class Quantities {
    /** Enough for every quantity that makes sense, and cheap to compute with. */
    private static final int MAX_DIGITS = 20;

    private static final long SECOND = 1_000_000_000L;

    private static final Map<String, Long> NANOS = Map.ofEntries(
            Map.entry("ns", 1L),
            Map.entry("us", 1_000L),
            Map.entry("ms", 1_000_000L),
            Map.entry("millisecond", 1_000_000L),
            Map.entry("milliseconds", 1_000_000L),
            Map.entry("s", SECOND),
            Map.entry("second", SECOND),
            Map.entry("seconds", SECOND),
            Map.entry("m", 60 * SECOND),
            Map.entry("minute", 60 * SECOND),
            Map.entry("minutes", 60 * SECOND),
            Map.entry("h", 3_600 * SECOND),
            Map.entry("hour", 3_600 * SECOND),
            Map.entry("hours", 3_600 * SECOND),
            Map.entry("d", 86_400 * SECOND),
            Map.entry("day", 86_400 * SECOND),
            Map.entry("days", 86_400 * SECOND));

    /** HOCON, section "size in bytes format": powers of ten end in a {@code B} without an {@code i}. */
    private static final Map<String, Long> BYTES = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("B", 1L),
            Map.entry("byte", 1L),
            Map.entry("bytes", 1L),
            Map.entry("kB", 1_000L),
            Map.entry("MB", 1_000_000L),
            Map.entry("GB", 1_000_000_000L),
            Map.entry("k", 1L << 10),
            Map.entry("K", 1L << 10),
            Map.entry("Ki", 1L << 10),
            Map.entry("KiB", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("M", 1L << 20),
            Map.entry("Mi", 1L << 20),
            Map.entry("MiB", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("G", 1L << 30),
            Map.entry("Gi", 1L << 30),
            Map.entry("GiB", 1L << 30));

    private record Unit(String name, long of) {}

    private static final List<Unit> SHOWN_DURATIONS = List.of(
            new Unit("d", 86_400 * SECOND),
            new Unit("h", 3_600 * SECOND),
            new Unit("m", 60 * SECOND),
            new Unit("s", SECOND),
            new Unit("ms", 1_000_000L),
            new Unit("ns", 1L));
    private static final List<Unit> SHOWN_SIZES = List.of(
            new Unit("GiB", 1L << 30), new Unit("MiB", 1L << 20), new Unit("KiB", 1L << 10), new Unit(" bytes", 1L));

    private Quantities() {}

    /** The duration; empty when the text is none, has no unit, or is longer than 292 years. */
    public static Optional<Duration> duration(String text) {
        // Zero is the same in every unit.
        if (text.strip().equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        return amount(text, NANOS).map(Duration::ofNanos);
    }

    /** The size in bytes; empty when the text is none or larger than a {@code long}. */
    public static Optional<Long> size(String text) {
        return amount(text, BYTES);
    }

    private static Optional<Long> amount(String text, Map<String, Long> units) {
        String stripped = text.strip();
        int end = 0;
        while (end < stripped.length() && (isDigit(stripped.charAt(end)) || stripped.charAt(end) == '.')) {
            end++;
        }
        Long unit = units.get(stripped.substring(end).strip());
        if (unit == null || end == 0 || end > MAX_DIGITS) {
            return Optional.empty();
        }
        try {
            BigDecimal amount = new BigDecimal(stripped.substring(0, end)).multiply(BigDecimal.valueOf(unit));
            return Optional.of(amount.toBigInteger().longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A duration in the largest unit that needs no fraction. */
    static String showDuration(Duration duration) {
        return duration.isZero() ? "0s" : show(duration.toNanos(), SHOWN_DURATIONS);
    }

    /** A size in the largest unit that needs no fraction. */
    static String showSize(long bytes) {
        return show(bytes, SHOWN_SIZES);
    }

    private static String show(long amount, List<Unit> units) {
        for (Unit unit : units) {
            if (amount % unit.of() == 0 && amount >= unit.of()) {
                return amount / unit.of() + unit.name();
            }
        }
        return amount + units.getLast().name();
    }
}
