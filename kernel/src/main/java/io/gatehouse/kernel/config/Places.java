package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import io.gatehouse.kernel.config.hocon.KeyPath;
import io.gatehouse.kernel.config.hocon.Position;
import java.util.List;
import java.util.Optional;

/**
 * Finds the place that decided a setting.
 *
 * <p>The parser knows the file and the line of a value. When the value came through a substitution, or out of several files,
 * that line is not where the key stands; then the last mention of the key in the source of the highest priority is taken.
 */
final class Places {
    /** The origin of what is built in. */
    static final String DEFAULT = "default";

    private static final String ENVIRONMENT = "environment variable ";

    private final List<Source> sources;

    /**
     * Places in these sources.
     *
     * @param sources lowest priority first; at least one
     */
    Places(List<Source> sources) {
        this.sources = List.copyOf(sources);
    }

    static String environmentOrigin(String variable) {
        return ENVIRONMENT + variable;
    }

    /** Says where a value came from when that is not where its key stands. */
    static String detour(ConfigValue value) {
        String origin = value.origin().description();
        return origin.startsWith(ENVIRONMENT) ? " (from the " + origin + ")" : "";
    }

    /** Whether no source says the value, so that a default is in effect. */
    static boolean isDefault(ConfigValue value) {
        return value.origin().description().equals(DEFAULT);
    }

    Place of(KeyPath path, ConfigOrigin origin) {
        return sourceOf(origin)
                .flatMap(source -> nearest(source, path, origin.lineNumber()))
                .orElseGet(() -> of(path));
    }

    /** The last mention of a key, or of the section it would be in. */
    Place of(KeyPath path) {
        for (KeyPath p = path; !p.isRoot(); p = p.parent()) {
            for (Source source : sources.reversed()) {
                Optional<List<Position>> found = positions(source, p);
                if (found.isPresent()) {
                    return source.place(found.get().getLast());
                }
            }
        }
        Source first = sources.getFirst();
        return Place.whole(first.rank(), first.name());
    }

    /** The place of a substitution such as {@code ${name}} that the parser stumbled over. */
    Place ofSubstitution(String expression, ConfigOrigin origin) {
        Optional<Source> source = sourceOf(origin);
        return source.flatMap(s -> s.index().substitutions().stream()
                        .filter(sub -> sub.position().line() == origin.lineNumber()
                                && sub.expression().equals(expression))
                        .findFirst()
                        .map(sub -> s.place(sub.position())))
                .orElseGet(() -> ofLine(origin));
    }

    /** The beginning of the line that the parser names. */
    Place ofLine(ConfigOrigin origin) {
        return sourceOf(origin)
                .map(s -> s.place(new Position(Math.max(1, origin.lineNumber()), 1)))
                .orElseGet(() -> of(KeyPath.ROOT));
    }

    private Optional<Source> sourceOf(ConfigOrigin origin) {
        String description = origin.description();
        return sources.reversed().stream()
                .filter(s -> description.equals(s.name()) || description.startsWith(s.name() + ": "))
                .findFirst();
    }

    private static Optional<Place> nearest(Source source, KeyPath path, int line) {
        for (KeyPath p = path; !p.isRoot(); p = p.parent()) {
            Optional<List<Position>> found = positions(source, p);
            if (found.isPresent()) {
                Position best = found.get().getLast();
                for (Position position : found.get()) {
                    if (position.line() <= line) {
                        best = position;
                    }
                }
                return Optional.of(source.place(best));
            }
        }
        return Optional.empty();
    }

    private static Optional<List<Position>> positions(Source source, KeyPath path) {
        if (!path.startsWith(source.under())) {
            return Optional.empty();
        }
        List<Position> found = source.index().find(path.below(source.under()));
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
}
