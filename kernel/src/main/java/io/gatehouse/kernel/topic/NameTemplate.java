package io.gatehouse.kernel.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with places for the names of a client, {@code ${clientid}} and {@code ${username}}, and in a rule that rewrites topics for what its
 * expression found, {@code $1} to {@code $9}.
 *
 * <p>A client chooses its own names, so a name must not change the shape of the topic: one that contains {@code +}, {@code #}, {@code /}
 * or a control character, is empty, or would put a {@code $} at the beginning, gives no text at all.
 */
public final class NameTemplate {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}|\\$([1-9])");

    private sealed interface Part {
        record Literal(String text) implements Part {}

        record ClientId() implements Part {}

        record Username() implements Part {}

        record Group(int number) implements Part {}
    }

    private final String text;
    private final List<Part> parts;

    private NameTemplate(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a template in which {@code $1} means itself.
     *
     * @throws IllegalArgumentException with one sentence on what is wrong with it
     */
    public static NameTemplate of(String text) {
        return read(text, -1);
    }

    /**
     * Reads a template in which {@code $1} stands for what a group found.
     *
     * @param groups how many there are
     * @throws IllegalArgumentException with one sentence on what is wrong with it
     */
    public static NameTemplate withGroups(String text, int groups) {
        return read(text, groups);
    }

    private static NameTemplate read(String text, int groups) {
        List<Part> parts = new ArrayList<>();
        Matcher places = PLACE.matcher(text);
        int from = 0;
        while (places.find()) {
            Part part = part(places.group(1), places.group(2), groups);
            if (part != null) {
                literal(parts, text.substring(from, places.start()));
                parts.add(part);
                from = places.end();
            }
        }
        literal(parts, text.substring(from));
        return new NameTemplate(text, parts);
    }

    private static void literal(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part.Literal(text));
        }
    }

    private static @Nullable Part part(@Nullable String name, @Nullable String digit, int groups) {
        if (name != null) {
            return switch (name) {
                case "clientid" -> new Part.ClientId();
                case "username" -> new Part.Username();
                default ->
                    throw new IllegalArgumentException(
                            "knows no ${" + name + "}: ${clientid} and ${username} are there");
            };
        }
        if (digit == null || groups < 0) {
            return null;
        }
        int number = Integer.parseInt(digit);
        if (number > groups) {
            throw new IllegalArgumentException("has $" + number + ", but the pattern has " + groups + " groups");
        }
        return new Part.Group(number);
    }

    /** The text for this client, null when a name is missing or unusable. */
    public @Nullable String fill(String clientId, @Nullable String username) {
        return fill(clientId, username, _ -> "");
    }

    /**
     * The text for this client, null when a name is missing or unusable.
     *
     * @param groups what each group found
     */
    public @Nullable String fill(String clientId, @Nullable String username, IntFunction<String> groups) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            String value = switch (part) {
                case Part.Literal literal -> literal.text();
                case Part.Group group -> groups.apply(group.number());
                case Part.ClientId _ -> usable(clientId, filled.isEmpty());
                case Part.Username _ -> usable(username, filled.isEmpty());
            };
            if (value == null) {
                return null;
            }
            filled.append(value);
        }
        return filled.toString();
    }

    private static @Nullable String usable(@Nullable String name, boolean first) {
        if (name == null || name.isEmpty() || (first && name.charAt(0) == '$')) {
            return null;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '+' || c == '#' || c == '/' || Character.isISOControl(c)) {
                return null;
            }
        }
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NameTemplate template && text.equals(template.text) && parts.equals(template.parts);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
