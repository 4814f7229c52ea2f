package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.gatehouse.kernel.config.hocon.KeyPath;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces substitutions: {@code ${a.key}} by another setting, else by an environment variable.
 *
 * <p>The parser stops at the first substitution that leads nowhere. To find all, such a one is given a stand-in and resolving
 * starts again; values with a stand-in in them are not checked any further.
 */
final class Resolution {
    private static final int MAX_MISSING = 100;

    /** A private-use character, which no text from a file is mistaken for by accident. */
    private static final String STAND_IN = "\uE0F0unresolved\uE0F0";

    private final Map<String, String> environment;
    private final Places places;
    private final Problems problems;
    private final Set<String> missing = new HashSet<>();

    Resolution(Map<String, String> environment, Places places, Problems problems) {
        this.environment = environment;
        this.places = places;
        this.problems = problems;
    }

    /** Whether a value could not be resolved and was reported for it. */
    static boolean isStandIn(ConfigValue value) {
        return value.valueType() == ConfigValueType.STRING
                && value.unwrapped().toString().contains(STAND_IN);
    }

    /** The values without substitutions; empty, and reported, when that cannot be done. */
    Optional<ConfigObject> resolve(ConfigObject values) {
        ConfigResolveOptions options = ConfigResolveOptions.noSystem().appendResolver(new Environment());
        try {
            while (missing.size() < MAX_MISSING) {
                try {
                    return Optional.of(values.toConfig().resolve(options).root());
                } catch (ConfigException.UnresolvedSubstitution e) {
                    if (!reportMissing(e)) {
                        return Optional.empty();
                    }
                }
            }
        } catch (ConfigException e) {
            problems.error(
                    e.origin() == null ? places.of(KeyPath.ROOT) : places.ofLine(e.origin()),
                    "a substitution here puts together what does not go together, such as a text and a section");
        } catch (StackOverflowError e) {
            problems.error(places.of(KeyPath.ROOT), "substitutions refer to each other too deep to be followed");
        }
        return Optional.empty();
    }

    /** Reports one substitution; false when nothing more can be found by going on. */
    private boolean reportMissing(ConfigException.UnresolvedSubstitution e) {
        String message = String.valueOf(e.getMessage());
        int start = message.indexOf("${");
        int end = message.indexOf('}', start);
        String expression = start < 0 || end < 0 ? "" : message.substring(start + 2, end);
        Place place = e.origin() == null ? places.of(KeyPath.ROOT) : places.ofSubstitution(expression, e.origin());
        if (message.contains("cycle of substitutions") || !missing.add(expression)) {
            problems.error(place, "`${" + expression + "}` refers to itself in a circle");
            return false;
        }
        problems.error(
                place,
                "`${" + expression + "}` is neither a setting nor an environment variable: set it, or write `${?"
                        + expression + "}` if it may be absent");
        return true;
    }

    /** The environment variables as the last resort of a substitution. */
    private final class Environment implements ConfigResolver {
        @Override
        public @Nullable ConfigValue lookup(String path) {
            List<String> keys = ConfigUtil.splitPath(path);
            String value = keys.size() == 1 ? environment.get(keys.getFirst()) : null;
            if (value != null) {
                return ConfigValueFactory.fromAnyRef(value, Places.environmentOrigin(keys.getFirst()));
            }
            return missing.contains(path) ? ConfigValueFactory.fromAnyRef(STAND_IN) : null;
        }

        @Override
        public ConfigResolver withFallback(ConfigResolver fallback) {
            return this;
        }
    }
}
