package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The name of a file as it is written; an empty text for none. */
record PathType() implements ValueType<String> {
    @Override
    public Reading<String> read(ConfigValue value) {
        String text =
                value.valueType() == ConfigValueType.STRING ? value.unwrapped().toString() : "\0";
        try {
            return Reading.good(Path.of(text).toString());
        } catch (InvalidPathException e) {
            return refuse(value);
        }
    }

    @Override
    public String allowed() {
        return "the name of a file in quotes";
    }
}
