package io.gatehouse.kernel.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that all of it can be said at once. Not thread safe. */
final class Problems {
    /** Nobody reads more, and a file may be a wrong file of any length. */
    private static final int MAX_SHOWN = 100;

    private final List<Entry> errors = new ArrayList<>();
    private final List<Entry> warnings = new ArrayList<>();

    private record Entry(Place place, String message) {}

    void error(Place place, String message) {
        errors.add(new Entry(place, message));
    }

    void warning(Place place, String message) {
        warnings.add(new Entry(place, message));
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    List<ConfigProblem> errors() {
        return shown(errors);
    }

    List<ConfigProblem> warnings() {
        return shown(warnings);
    }

    private static List<ConfigProblem> shown(List<Entry> entries) {
        List<ConfigProblem> shown = new ArrayList<>();
        entries.stream()
                .sorted(Comparator.comparing(Entry::place))
                .distinct()
                .limit(MAX_SHOWN)
                .forEach(e -> shown.add(new ConfigProblem(e.place.text(), e.message)));
        if (entries.size() > MAX_SHOWN) {
            shown.add(
                    new ConfigProblem("configuration", (entries.size() - MAX_SHOWN) + " more problems are not shown"));
        }
        return shown;
    }
}
