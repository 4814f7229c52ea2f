package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.gatehouse.kernel.config.schema.Attribute;
import io.gatehouse.kernel.config.schema.AttributeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Numbers of the types that Metatype knows. */
final class AttributeNumbers {
    private AttributeNumbers() {}

    /** The number in its declared type when it fits into it and lies within the bounds. */
    static Optional<Object> read(Attribute attribute, ConfigValue value) {
        return ofType(attribute.type(), value).filter(number -> within(attribute, (Number) number));
    }

    private static boolean within(Attribute attribute, Number number) {
        // Beyond 2^53 a double rounds, so whole numbers are compared as such.
        return switch (attribute.type()) {
            case FLOAT, DOUBLE -> within(attribute, number.doubleValue());
            case BYTE, SHORT, INTEGER, LONG -> within(attribute, number.longValue());
            case STRING, PASSWORD, BOOLEAN, CHARACTER -> false;
        };
    }

    private static Optional<Object> ofType(AttributeType type, ConfigValue value) {
        return switch (type) {
            case BYTE -> whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE).map(Long::byteValue);
            case SHORT -> whole(value, Short.MIN_VALUE, Short.MAX_VALUE).map(Long::shortValue);
            case INTEGER -> whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue);
            case LONG -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE).map(n -> n);
            case FLOAT ->
                Scalars.number(value)
                        .map(Double::floatValue)
                        .filter(Float::isFinite)
                        .map(n -> n);
            case DOUBLE -> Scalars.number(value).map(n -> n);
            case STRING, PASSWORD, BOOLEAN, CHARACTER -> Optional.empty();
        };
    }

    private static Optional<Long> whole(ConfigValue value, long min, long max) {
        return Scalars.whole(value).filter(n -> n >= min && n <= max);
    }

    private static boolean within(Attribute attribute, double number) {
        return number >= bound(attribute.min()).orElse(Double.NEGATIVE_INFINITY)
                && number <= bound(attribute.max()).orElse(Double.POSITIVE_INFINITY);
    }

    private static boolean within(Attribute attribute, long number) {
        return number >= wholeBound(attribute.min()).orElse(Long.MIN_VALUE)
                && number <= wholeBound(attribute.max()).orElse(Long.MAX_VALUE);
    }

    /** A bound of a description; one that is not a number bounds nothing. */
    static Optional<Double> bound(Optional<String> text) {
        try {
            return text.map(String::strip).filter(t -> !t.isEmpty()).map(Double::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> wholeBound(Optional<String> text) {
        try {
            return text.map(String::strip).filter(t -> !t.isEmpty()).map(Long::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The defaults of a setting, numbers and truth values as such; for operators to see. */
    static List<Object> typedDefaults(Attribute attribute) {
        List<Object> typed = new ArrayList<>();
        for (String text : attribute.defaults()) {
            ConfigValue value = ConfigValueFactory.fromAnyRef(text);
            Optional<Object> number = ofType(attribute.type(), value);
            boolean truth = attribute.type() == AttributeType.BOOLEAN;
            typed.add(truth ? Boolean.parseBoolean(text) : number.orElse(text));
        }
        return typed;
    }

    /** The class of one value in Config Admin. */
    static Class<?> wrapper(AttributeType type) {
        return switch (type) {
            case STRING, PASSWORD -> String.class;
            case BOOLEAN -> Boolean.class;
            case CHARACTER -> Character.class;
            case BYTE -> Byte.class;
            case SHORT -> Short.class;
            case INTEGER -> Integer.class;
            case LONG -> Long.class;
            case FLOAT -> Float.class;
            case DOUBLE -> Double.class;
        };
    }
}
