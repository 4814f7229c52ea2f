package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A setting of a module that does not describe its settings: a text, a whole number ({@code Long}), a number ({@code Double}), a
 * truth value, or an array of texts.
 */
record AnyValue() implements ValueType<Object> {
    @Override
    public Reading<Object> read(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING, BOOLEAN -> Reading.good(value.unwrapped());
            case NUMBER -> number(value);
            case LIST -> texts((ConfigList) value);
            case OBJECT, NULL -> refuse(value);
        };
    }

    private static Reading<Object> number(ConfigValue value) {
        Optional<Long> whole = Scalars.whole(value);
        return whole.isPresent() ? Reading.good(whole.get()) : Reading.good(((Number) value.unwrapped()).doubleValue());
    }

    private Reading<Object> texts(ConfigList list) {
        List<String> texts = new ArrayList<>();
        for (ConfigValue element : list) {
            Optional<String> text = Scalars.text(element);
            if (text.isEmpty()) {
                return refuse(list);
            }
            texts.add(text.get());
        }
        return Reading.good(texts.toArray(String[]::new));
    }

    @Override
    public String allowed() {
        return "a text, a number, true or false, or a list of texts";
    }
}
