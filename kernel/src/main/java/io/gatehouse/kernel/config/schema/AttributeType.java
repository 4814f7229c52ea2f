package io.gatehouse.kernel.config.schema;

import java.util.Locale;
import java.util.Optional;

/** The type of one module setting (OSGi Compendium 105, Metatype Service, element AD, attribute type). */
public enum AttributeType {
    STRING,
    /** A text that is never shown. */
    PASSWORD,
    BOOLEAN,
    CHARACTER,
    BYTE,
    SHORT,
    INTEGER,
    LONG,
    FLOAT,
    DOUBLE;

    /** The type of this name in a Metatype description; empty for one that Gatehouse does not know. */
    public static Optional<AttributeType> named(String name) {
        String upper = name.equals("Char") ? "CHARACTER" : name.toUpperCase(Locale.ROOT);
        for (AttributeType type : values()) {
            if (type.name().equals(upper)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
