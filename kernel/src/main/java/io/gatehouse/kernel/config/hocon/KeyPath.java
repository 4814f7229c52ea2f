package io.gatehouse.kernel.config.hocon;

import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from the root of a configuration to one value, such as {@code listeners.tcp.default.bind}. The elements of a list are
 * written {@code chain[0]}.
 *
 * @param elements key by key; a list index is an element such as {@code [0]}
 */
public record KeyPath(List<String> elements) {
    /** The whole configuration. */
    public static final KeyPath ROOT = new KeyPath(List.of());

    public KeyPath {
        elements = List.copyOf(elements);
    }

    /** A path of plain keys. */
    public static KeyPath of(String... keys) {
        return new KeyPath(List.of(keys));
    }

    public KeyPath child(String key) {
        List<String> longer = new ArrayList<>(elements.size() + 1);
        longer.addAll(elements);
        longer.add(key);
        return new KeyPath(longer);
    }

    public KeyPath element(int index) {
        return child("[" + index + "]");
    }

    public boolean isRoot() {
        return elements.isEmpty();
    }

    /** The path without its last element; the root's parent is the root. */
    public KeyPath parent() {
        return isRoot() ? this : new KeyPath(elements.subList(0, elements.size() - 1));
    }

    /** The last element; the root has the empty one. */
    public String last() {
        return isRoot() ? "" : elements.getLast();
    }

    public boolean startsWith(KeyPath prefix) {
        return elements.size() >= prefix.elements.size()
                && elements.subList(0, prefix.elements.size()).equals(prefix.elements);
    }

    /** What is left of this path below a prefix that it starts with. */
    public KeyPath below(KeyPath prefix) {
        return new KeyPath(elements.subList(prefix.elements.size(), elements.size()));
    }

    /** This path below another one. */
    public KeyPath under(KeyPath prefix) {
        List<String> all = new ArrayList<>(prefix.elements);
        all.addAll(elements);
        return new KeyPath(all);
    }

    /** The path as an operator writes it, with quotes where HOCON wants them. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String element : elements) {
            if (element.startsWith("[")) {
                text.append(element);
                continue;
            }
            if (!text.isEmpty()) {
                text.append('.');
            }
            text.append(isPlain(element) ? element : ConfigUtil.quoteString(element));
        }
        return text.toString();
    }

    private static boolean isPlain(String key) {
        return !key.isEmpty()
                && key.chars()
                        .allMatch(c -> c == '-'
                                || c == '_'
                                || (c >= '0' && c <= '9')
                                || (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z'));
    }
}
