package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;

/**
 * A text that is not empty.
 *
 * @param most the most characters it may have
 * @param what what it is, for messages
 */
record TextType(int most, String what) implements ValueType<String> {
    @Override
    public Reading<String> read(ConfigValue value) {
        return Scalars.text(value)
                .filter(text -> !text.isEmpty() && text.length() <= most)
                .map(Reading::good)
                .orElseGet(() -> refuse(value));
    }

    @Override
    public String allowed() {
        return what + " of 1 to " + most + " characters";
    }
}
