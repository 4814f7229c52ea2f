package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;
import java.util.function.Predicate;

/**
 * A text of a certain form.
 *
 * @param form which texts are of that form
 * @param allowed says so to an operator, to follow "must be"
 */
record CheckedText(Predicate<String> form, String allowed) implements ValueType<String> {
    @Override
    public Reading<String> read(ConfigValue value) {
        return Scalars.text(value).filter(form).map(Reading::good).orElseGet(() -> refuse(value));
    }
}
