package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.gatehouse.kernel.config.hocon.KeyPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks single values and names of keys, reports what is wrong and notes what is in effect. Used for one run. */
final class Checker {
    private static final ConfigRenderOptions JSON = ConfigRenderOptions.concise();

    private final Places places;
    private final Problems problems;
    private final List<EffectiveSetting> settings = new ArrayList<>();

    Checker(Places places, Problems problems) {
        this.places = places;
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    Place place(KeyPath path) {
        return places.of(path);
    }

    Place place(KeyPath path, ConfigValue value) {
        return places.of(path, value.origin());
    }

    List<EffectiveSetting> settings() {
        return settings;
    }

    /** The value when it is of the type; empty, and reported, when not. */
    <T> Optional<T> value(KeyPath path, ConfigValue value, ValueType<T> type) {
        return value(path, value, type, Secrets.mentionedIn(path.last()));
    }

    /** As {@link #value(KeyPath, ConfigValue, ValueType)}, for a key of which it is known whether its value may be shown. */
    <T> Optional<T> value(KeyPath path, ConfigValue value, ValueType<T> type, boolean secret) {
        if (Resolution.isStandIn(value)) {
            return Optional.empty();
        }
        Reading<T> reading = type.read(value);
        note(path, value, secret, type.holdsSections() && reading instanceof Reading.Good<T>);
        return switch (reading) {
            case Reading.Good<T> good -> Optional.of(good.value());
            case Reading.Bad<T> bad -> {
                bad.faults()
                        .forEach(fault ->
                                report(path, value, fault, secret && !type.neverQuotes() ? type.allowed() : ""));
                yield Optional.empty();
            }
        };
    }

    /** Reports a fault; the reason is replaced by what is allowed when it might quote a secret. */
    private void report(KeyPath path, ConfigValue value, Reading.Fault fault, String allowedForSecret) {
        KeyPath element = fault.element() < 0 ? path : path.element(fault.element());
        KeyPath blamed = fault.key().isEmpty() ? element : element.child(fault.key());
        String reason = allowedForSecret.isEmpty()
                ? fault.message()
                : "must be " + allowedForSecret + " (its value is not shown)";
        problems.error(place(blamed, value), "`" + blamed + "` " + reason + Places.detour(value));
    }

    /** Notes a setting for {@code config show}. */
    void note(KeyPath path, ConfigValue value, boolean secret) {
        note(path, value, secret, false);
    }

    private void note(KeyPath path, ConfigValue value, boolean secret, boolean sectionsAreKnown) {
        String origin =
                Places.isDefault(value) ? Places.DEFAULT : place(path, value).text();
        // An empty text is no secret, it is the lack of one.
        boolean masked = secret && !"".equals(value.unwrapped()); // which is null for null
        settings.add(new EffectiveSetting(
                path.elements(),
                masked ? quoted(Secrets.MASK) : sectionsAreKnown ? value.render(JSON) : shown(value),
                origin));
    }

    /** Notes what a module uses by itself. */
    void noteDefault(KeyPath path, Object value, boolean secret) {
        String shown = secret ? quoted(Secrets.MASK) : shown(ConfigValueFactory.fromAnyRef(value));
        settings.add(new EffectiveSetting(path.elements(), shown, Places.DEFAULT));
    }

    private static String shown(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING -> quoted(Secrets.withoutUserInfo(value.unwrapped().toString()));
            case LIST -> ((ConfigList) value).stream().map(Checker::shown).collect(Collectors.joining(",", "[", "]"));
            case NUMBER, BOOLEAN, NULL -> value.render(JSON);
            // A section where none belongs may hold anything.
            case OBJECT -> quoted(Secrets.MASK);
        };
    }

    private static String quoted(String text) {
        return ConfigValueFactory.fromAnyRef(text).render(JSON);
    }

    /** The value as a section; empty, and reported, when it is none. */
    Optional<ConfigObject> section(KeyPath path, ConfigValue value) {
        if (value instanceof ConfigObject object) {
            return Optional.of(object);
        }
        if (!Resolution.isStandIn(value)) {
            // A word at a place where a section belongs may be a secret that lost its key.
            String found = value.valueType() == ConfigValueType.STRING ? "a text" : Found.in(value);
            problems.error(
                    place(path, value), "`" + path + "` must be a section, " + path.last() + " { ... }, not " + found);
        }
        return Optional.empty();
    }

    /** Reports each key of a section that nobody knows, with the one that was probably meant. */
    void unknownKeys(KeyPath section, ConfigObject values, Collection<String> known) {
        Set<String> unknown = new LinkedHashSet<>(values.keySet());
        unknown.removeAll(known);
        for (String key : unknown) {
            KeyPath path = section.child(key);
            String hint = Spelling.closest(key, known)
                    .map(meant -> "did you mean `" + section.child(meant) + "`?")
                    .orElseGet(() -> known.isEmpty()
                            ? "`" + section + "` has no settings"
                            : "`" + section + "` has " + String.join(", ", known));
            problems.error(places.of(path), "`" + path + "` is not a known setting; " + hint);
        }
    }
}
