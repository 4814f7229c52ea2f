package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;

/** A whole number within bounds, both included. */
record IntegerType(int min, int max) implements ValueType<Integer> {
    @Override
    public Reading<Integer> read(ConfigValue value) {
        return Scalars.whole(value)
                .filter(n -> n >= min && n <= max)
                .map(n -> Reading.good(n.intValue()))
                .orElseGet(() -> refuse(value));
    }

    @Override
    public String allowed() {
        return "a whole number from " + min + " to " + max;
    }
}
