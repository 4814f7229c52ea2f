package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;

/** A size within bounds, both included, that may be larger than a {@link SizeType}; in bytes. */
record LargeSizeType(long min, long max) implements ValueType<Long> {
    @Override
    public Reading<Long> read(ConfigValue value) {
        return Scalars.text(value)
                .flatMap(Quantities::size)
                .filter(n -> n >= min && n <= max)
                .map(Reading::good)
                .orElseGet(() -> refuse(value));
    }

    @Override
    public String allowed() {
        return "a size from " + Quantities.showSize(min) + " to " + Quantities.showSize(max) + ", such as 64MiB";
    }
}
