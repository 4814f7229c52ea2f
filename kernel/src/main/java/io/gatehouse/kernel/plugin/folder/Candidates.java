package io.gatehouse.kernel.plugin.folder;

import io.gatehouse.kernel.jars.JarStore;
import io.gatehouse.kernel.jars.PluginMemory.Remembered;
import io.gatehouse.kernel.jars.StoredJar;
import io.gatehouse.kernel.plugin.osgi.JarVersions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which jars of one plugin may run, the best first: the highest version of the folder that nobody rolled back, then lower ones, then the
 * one that ran last, which the broker has kept.
 *
 * @param jars in this order, no two of one version from the folder
 * @param duplicates jars of the folder that are left out because another one has the same version, with that other one
 */
record Candidates(List<StoredJar> jars, List<Duplicate> duplicates) {
    Candidates {
        jars = List.copyOf(jars);
        duplicates = List.copyOf(duplicates);
    }

    /** Two jars with the same name and version: the second one is used. */
    record Duplicate(StoredJar jar, StoredJar used) {}

    /**
     * Chooses.
     *
     * @param inFolder all of one symbolic name; not empty
     * @param running the digest of the jar that runs, null when none does
     */
    static Candidates of(List<StoredJar> inFolder, Remembered remembered, @Nullable String running, JarStore store) {
        List<StoredJar> sorted = inFolder.stream()
                .filter(jar -> !remembered.rejected().contains(jar.sha256()))
                .sorted(JarVersions.ASCENDING
                        .reversed()
                        .thenComparing(jar -> !jar.sha256().equals(running))
                        .thenComparing(StoredJar::fileName))
                .toList();
        List<StoredJar> jars = new ArrayList<>();
        List<Duplicate> duplicates = new ArrayList<>();
        for (StoredJar jar : sorted) {
            if (!jars.isEmpty() && JarVersions.ASCENDING.compare(jars.getLast(), jar) == 0) {
                duplicates.add(new Duplicate(jar, jars.getLast()));
            } else {
                jars.add(jar);
            }
        }
        remembered.history().stream()
                .limit(1)
                .filter(sha256 -> jars.stream().noneMatch(jar -> jar.sha256().equals(sha256)))
                .flatMap(sha256 -> store.find(inFolder.getFirst().fileName(), sha256).stream())
                .forEach(jars::add);
        return new Candidates(jars, duplicates);
    }
}
