package io.gatehouse.kernel.config.hocon;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the keys, includes and substitutions of one HOCON text stand.
 *
 * @param keys every key path and list element with its places, in the order of the text; the place is that of the last element's
 *     first character
 * @param includes the include statements, in the order of the text
 * @param substitutions the {@code ${...}} expressions, in the order of the text
 * @param finding the first thing that cannot be right, in plain words; the parser has the last word on whether it is
 * @param tooDeep where the text nests deeper than {@link KeyScanner#MAX_DEPTH}; nothing after it is indexed
 */
public record KeyIndex(
        Map<KeyPath, List<Position>> keys,
        List<Include> includes,
        List<Substitution> substitutions,
        Optional<Finding> finding,
        Optional<Position> tooDeep) {

    /** An index of nothing. */
    public static final KeyIndex EMPTY =
            new KeyIndex(Map.of(), List.of(), List.of(), Optional.empty(), Optional.empty());

    public KeyIndex {
        keys = Map.copyOf(keys);
        includes = List.copyOf(includes);
        substitutions = List.copyOf(substitutions);
    }

    /** The places of a key, in the order of the text; empty when it is not there. */
    public List<Position> find(KeyPath path) {
        return keys.getOrDefault(path, List.of());
    }

    /**
     * An include statement.
     *
     * @param under the object in which it stands
     * @param argument the text between the quotes
     */
    public record Include(KeyPath under, String argument, Position position) {}

    /**
     * A substitution.
     *
     * @param expression the path between the braces, without the question mark
     */
    public record Substitution(String expression, Position position) {}

    /** Something that cannot be right, said in one sentence. */
    public record Finding(String message, Position position) {}
}
