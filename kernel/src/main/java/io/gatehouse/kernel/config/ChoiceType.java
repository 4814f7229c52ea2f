package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;
import java.util.List;

/** One word of a few. */
record ChoiceType(List<String> words) implements ValueType<String> {
    ChoiceType {
        words = List.copyOf(words);
    }

    @Override
    public Reading<String> read(ConfigValue value) {
        return Scalars.text(value).filter(words::contains).map(Reading::good).orElseGet(() -> refuse(value));
    }

    @Override
    public String allowed() {
        return String.join(" or ", words);
    }
}
