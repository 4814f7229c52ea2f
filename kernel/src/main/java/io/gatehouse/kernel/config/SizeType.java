package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;

/** A size within bounds, both included; in bytes. */
record SizeType(int min, int max) implements ValueType<Integer> {
    @Override
    public Reading<Integer> read(ConfigValue value) {
        return Scalars.text(value)
                .flatMap(Quantities::size)
                .filter(n -> n >= min && n <= max)
                .map(n -> Reading.good(n.intValue()))
                .orElseGet(() -> refuse(value));
    }

    @Override
    public String allowed() {
        return "a size from " + Quantities.showSize(min) + " to " + Quantities.showSize(max) + ", such as 512KiB";
    }
}
