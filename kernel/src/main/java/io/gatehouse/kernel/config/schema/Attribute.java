package io.gatehouse.kernel.config.schema;

import java.util.List;
import java.util.Optional;

/**
 * One setting of a module.
 *
 * @param id how the module calls it, such as {@code userIdType}
 * @param list whether it takes a list of values
 * @param required whether it must be set; one with a default need not
 * @param defaults what the module uses when it is not set; empty when it has no default, or an empty one
 * @param min the smallest number, or the least length of a text
 * @param max the largest number, or the greatest length of a text
 * @param options the only values allowed; empty when any is
 */
public record Attribute(
        String id,
        AttributeType type,
        boolean list,
        boolean required,
        List<String> defaults,
        Optional<String> min,
        Optional<String> max,
        List<String> options) {
    public Attribute {
        defaults = List.copyOf(defaults);
        options = List.copyOf(options);
    }

    /** How operators write it: {@code user-id-type}. */
    public String key() {
        return keyOf(id);
    }

    /**
     * An attribute identifier in lower case with dashes: {@code memoryCost}, {@code memory.cost} and {@code memory_cost} all are
     * {@code memory-cost}; {@code caURL} is {@code ca-url}.
     */
    static String keyOf(String id) {
        StringBuilder key = new StringBuilder(id.length() + 4);
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == '.' || c == '_') {
                key.append('-');
            } else if (Character.isUpperCase(c)) {
                if (startsWord(id, i)) {
                    key.append('-');
                }
                key.append(Character.toLowerCase(c));
            } else {
                key.append(c);
            }
        }
        return key.toString();
    }

    private static boolean startsWord(String id, int at) {
        if (at == 0 || !Character.isLetterOrDigit(id.charAt(at - 1))) {
            return false;
        }
        boolean afterUpper = Character.isUpperCase(id.charAt(at - 1));
        boolean beforeLower = at + 1 < id.length() && Character.isLowerCase(id.charAt(at + 1));
        return !afterUpper || beforeLower;
    }

    /** The identifier for a key of a module that does not describe its settings: {@code user-id-type} is {@code userIdType}. */
    public static String idOf(String key) {
        StringBuilder id = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '-' && i + 1 < key.length()) {
                id.append(Character.toUpperCase(key.charAt(++i)));
            } else {
                id.append(c);
            }
        }
        return id.toString();
    }
}
