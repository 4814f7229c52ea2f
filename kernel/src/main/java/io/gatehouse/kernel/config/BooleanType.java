package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;

/** Yes or no. */
record BooleanType() implements ValueType<Boolean> {
    @Override
    public Reading<Boolean> read(ConfigValue value) {
        return Scalars.truth(value).map(Reading::good).orElseGet(() -> refuse(value));
    }

    @Override
    public String allowed() {
        return "true or false";
    }
}
