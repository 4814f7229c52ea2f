package io.gatehouse.kernel.plugin.module;

import java.util.HashMap;
import java.util.Map;

/** Since when places in chains have been empty. Belongs to one {@link SnapshotFactory}, which makes one snapshot at a time. */
final class Absences {
    private final Map<Place, Long> since = new HashMap<>();

    /** A module's place in the chain of a role. */
    private record Place(Class<?> role, String module) {}

    /** Since when the module has been absent, in nanoseconds of {@link System#nanoTime}. */
    long since(Class<?> role, String module) {
        return since.computeIfAbsent(new Place(role, module), _ -> System.nanoTime());
    }

    /** The module is there. */
    void over(Class<?> role, String module) {
        since.remove(new Place(role, module));
    }
}
