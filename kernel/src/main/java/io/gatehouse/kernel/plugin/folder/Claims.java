package io.gatehouse.kernel.plugin.folder;

import io.gatehouse.kernel.config.schema.ComponentDescription;
import io.gatehouse.kernel.jars.StoredJar;
import io.gatehouse.kernel.plugin.osgi.Instance;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose a module's name is: the plugin's that is in the framework with it. Chains know modules by name only, so a second plugin must not
 * answer to the same one, whatever its service ranking.
 */
final class Claims {
    private static final String SDK = "io.gatehouse.sdk.";

    private Claims() {}

    /** Why this jar must not run beside these; empty when all its names are free or its own. */
    static Optional<String> refuse(StoredJar jar, Collection<Instance> present) {
        return present.stream()
                .filter(other -> !other.symbolicName().equals(jar.symbolicName()))
                .flatMap(other -> conflict(jar, other).stream())
                .findFirst();
    }

    private static Optional<String> conflict(StoredJar jar, Instance other) {
        return modules(jar)
                .filter(name -> modules(other.jar()).anyMatch(taken -> overlap(name, taken)))
                .findFirst()
                .map(name -> "it offers the module " + name + ", which " + other.jar()
                        + " offers already: remove or disable one of the two");
    }

    private static Stream<String> modules(StoredJar jar) {
        return jar.header().components().stream()
                .filter(component -> component.interfaces().stream().anyMatch(type -> type.startsWith(SDK)))
                .map(ComponentDescription::name);
    }

    /** A module {@code a.b} would answer to the instance {@code b} of the module {@code a}. */
    private static boolean overlap(String one, String other) {
        return one.equals(other) || one.startsWith(other + ".") || other.startsWith(one + ".");
    }
}
