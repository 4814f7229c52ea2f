package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate: {@code 100/s}, {@code 10MB/10s}, either followed by {@code burst AMOUNT}; or {@code infinity}.
 *
 * @param amounts from a text to how much it is; empty for a text that is no amount
 * @param example to be shown
 */
record RateType(Function<String, Optional<Long>> amounts, String example) implements ValueType<Rate> {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final long MOST = 1_000_000_000_000L;
    private static final int LONGEST_TEXT = 100;
    private static final Pattern RATE = Pattern.compile("([^/ ]+) ?/ ?([^/ ]+)(?: +burst +([^/ ]+))?");

    /** So many of something. */
    static final RateType COUNT = new RateType(RateType::count, "\"100/s\" or \"100/s burst 500\"");

    /** So many bytes. */
    static final RateType SIZE = new RateType(Quantities::size, "\"10MB/10s\" or \"1MB/s burst 20MB\"");

    private static Optional<Long> count(String text) {
        return text.matches("[0-9]{1,13}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    @Override
    public Reading<Rate> read(ConfigValue value) {
        String text = Scalars.text(value).orElse("").strip();
        if (text.equals("infinity")) {
            return Reading.good(Rate.UNLIMITED);
        }
        Matcher parts = RATE.matcher(text);
        return text.length() <= LONGEST_TEXT && parts.matches()
                ? rate(parts).map(Reading::good).orElseGet(() -> refuse(value))
                : refuse(value);
    }

    private Optional<Rate> rate(Matcher parts) {
        String unit = parts.group(2);
        Optional<Long> amount = amounts.apply(parts.group(1)).filter(n -> n >= 1 && n <= MOST);
        Optional<Duration> period = Quantities.duration(Character.isDigit(unit.charAt(0)) ? unit : "1" + unit)
                .filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0);
        Optional<Long> burst = parts.group(3) == null
                ? Optional.of(0L)
                : amounts.apply(parts.group(3)).filter(n -> n <= MOST);
        return amount.flatMap(n -> period.flatMap(time -> burst.map(more -> new Rate(n, time, more))));
    }

    @Override
    public String allowed() {
        return "a rate such as " + example + " over " + Quantities.showDuration(SHORTEST) + " to "
                + Quantities.showDuration(LONGEST) + ", or infinity";
    }
}
