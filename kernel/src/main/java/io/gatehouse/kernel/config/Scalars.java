package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;
import java.util.Optional;

/** The texts and numbers that HOCON values stand for; a number may come as a text, from the environment or {@code --set}. */
final class Scalars {
    private Scalars() {}

    /** The value as a text; empty for lists, sections and null. */
    static Optional<String> text(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> Optional.of(value.unwrapped().toString());
            case LIST, OBJECT, NULL -> Optional.empty();
        };
    }

    static Optional<Long> whole(ConfigValue value) {
        try {
            return text(value).map(Long::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Optional<Double> number(ConfigValue value) {
        try {
            return text(value).map(Double::valueOf).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** HOCON takes yes and on for true, no and off for false. */
    static Optional<Boolean> truth(ConfigValue value) {
        return text(value).flatMap(text -> switch (text) {
            case "true", "yes", "on" -> Optional.of(true);
            case "false", "no", "off" -> Optional.of(false);
            default -> Optional.empty();
        });
    }
}
