package io.gatehouse.kernel.plugin.folder;

import io.gatehouse.kernel.config.ModuleConfig;
import io.gatehouse.kernel.jars.JarFolder;
import io.gatehouse.kernel.jars.JarFolder.FolderJar;
import io.gatehouse.kernel.jars.JarStore;
import io.gatehouse.kernel.jars.PluginMemory;
import io.gatehouse.kernel.jars.PluginMemory.Remembered;
import io.gatehouse.kernel.jars.StoredJar;
import io.gatehouse.kernel.plugin.ModuleConfigurations;
import io.gatehouse.kernel.plugin.PluginFailure;
import io.gatehouse.kernel.plugin.osgi.CannotRun;
import io.gatehouse.kernel.plugin.osgi.Instance;
import io.gatehouse.kernel.plugin.swap.Deployment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes what runs equal to what the plugins folder, the configuration and the operators' commands say. Whatever cannot be made to run
 * leaves what runs as it was. Not safe for threads: {@link ManagedPlugins} lets one in at a time. Blocks.
 */
final class PluginManager {
    private final JarFolder folder;
    private final JarStore store;
    private final PluginMemory memory;
    private final JarJudge judge;
    private final Deployment deployment;
    private final ModuleConfigurations configurations;
    private final Failures failures = new Failures();
    private final Attempts attempts;
    private FolderContents inFolder = FolderContents.UNKNOWN;

    PluginManager(PluginFiles files, JarJudge judge, Deployment deployment, ModuleConfigurations configurations) {
        this.folder = files.folder();
        this.store = files.store();
        this.memory = files.memory();
        this.judge = judge;
        this.deployment = deployment;
        this.configurations = configurations;
        this.attempts = new Attempts(judge, deployment, memory, failures);
    }

    /** From now on plugins are configured with these; {@link #reconcile} hands them over. */
    void configure(Map<String, ModuleConfig> replacement) {
        attempts.configure(replacement);
    }

    /**
     * Looks at the folder and acts.
     *
     * @param settled false when a file that cannot be read may still be being copied, so that it is too early to complain
     * @return true when such a file is there, so that one has to look again
     */
    boolean reconcile(boolean settled) {
        inFolder = lookAround();
        failures.keepOnly(inFolder.fileNames());
        boolean copying = tellUnusable(settled);
        removeGone();
        forgetRejected();
        installNew();
        deployment.all().forEach(this::bringUpToDate);
        deployment.all().forEach(attempts::startWaiting);
        store.keepOnly(digests());
        return copying;
    }

    /** When the folder changed, what the configuration says to new jars is read with them. */
    private FolderContents lookAround() {
        boolean changed = folder.isChanged();
        FolderContents contents = new FolderContents(folder.jars());
        if (changed) {
            configurations.read().ifPresent(this::configure);
        }
        return contents;
    }

    /** What does not run, and why. */
    List<PluginFailure> failures() {
        return failures.all();
    }

    /** What lay in the folder when it was looked at last. */
    FolderContents inFolder() {
        return inFolder;
    }

    /** Why this jar does not run; empty when it does or when it does not matter. */
    Optional<PluginFailure> failureOf(String fileName) {
        return failures.all().stream()
                .filter(failure -> failure.jar().equals(fileName))
                .findFirst();
    }

    private boolean tellUnusable(boolean settled) {
        boolean copying = false;
        for (FolderJar file : inFolder.unusable()) {
            boolean early = !settled && folder.isFresh(file);
            failures.unusable(file.fileName(), file.problem(), !early);
            copying |= early;
        }
        return copying;
    }

    /** A plugin whose jar is being overwritten goes on; one whose jar is gone, or that was disabled, goes. */
    private void removeGone() {
        for (Instance instance : deployment.all()) {
            boolean there = inFolder.has(instance.symbolicName())
                    || inFolder.isUnusable(instance.jar().fileName());
            boolean refused = judge.refuse(instance.jar()).isPresent();
            if (!there || refused || memory.of(instance.symbolicName()).disabled()) {
                failures.clear(instance.jar().fileName());
                deployment.remove(instance);
            }
        }
    }

    /** A jar that was rolled back and has left the folder may come back later. */
    private void forgetRejected() {
        inFolder.names()
                .forEach(name -> memory.update(
                        name,
                        remembered -> remembered.rejectingOnly(inFolder.jarsOf(name).stream()
                                .map(StoredJar::sha256)
                                .collect(Collectors.toSet()))));
    }

    /** All are brought in before the first one starts, so that their order does not matter. */
    private void installNew() {
        Map<String, List<StoredJar>> open = new LinkedHashMap<>();
        // Who ran before comes first: nobody takes a module's name from it in a restart.
        List<String> names = inFolder.names().stream()
                .sorted(Comparator.comparing(name -> memory.of(name).history().isEmpty()))
                .toList();
        names.forEach(name -> {
            if (deployment.find(name).isEmpty() && !memory.of(name).disabled()) {
                List<StoredJar> candidates = new ArrayList<>(candidates(name));
                attempts.installFirst(candidates);
                open.put(name, candidates);
            }
        });
        open.forEach((name, others) ->
                deployment.find(name).ifPresent(instance -> attempts.startOrFallBack(instance, others)));
    }

    /** Upgrades a plugin that runs, or gives it its new configuration; whatever fails leaves it as it is. */
    private void bringUpToDate(Instance instance) {
        List<StoredJar> candidates = candidates(instance.symbolicName());
        if (!candidates.isEmpty()) {
            StoredJar best = candidates.getFirst();
            if (best.sha256().equals(instance.jar().sha256())) {
                failures.clearOther(best);
            } else if (attempts.upgrade(instance, best)) {
                return;
            }
        }
        deployment.find(instance.symbolicName()).ifPresent(attempts::reconfigure);
    }

    /** Forgets that a plugin failed, so that the next look tries it again from the beginning. */
    void giveAnotherChance(String symbolicName) {
        inFolder.jarsOf(symbolicName).forEach(jar -> failures.clear(jar.fileName()));
        deployment.find(symbolicName).filter(deployment::hasFailed).ifPresent(deployment::remove);
    }

    /** Puts this jar in the place of what runs, whatever the folder says; gives the reason when that is not possible. */
    Optional<String> tryNow(Instance instance, StoredJar jar) {
        return attempts.tryNow(instance, jar);
    }

    private List<StoredJar> candidates(String name) {
        List<StoredJar> jars = inFolder.jarsOf(name);
        if (jars.isEmpty()) {
            return List.of();
        }
        String running =
                deployment.find(name).map(instance -> instance.jar().sha256()).orElse(null);
        Remembered remembered = memory.of(name);
        Candidates candidates = Candidates.of(jars, remembered, running, store);
        candidates
                .duplicates()
                .forEach(duplicate -> failures.add(
                        duplicate.jar(),
                        Map.of(),
                        new CannotRun(
                                "it is the same bundle in the same version as "
                                        + duplicate.used().fileName() + ": remove one of the two",
                                false)));
        return candidates.jars();
    }

    private Set<String> digests() {
        Set<String> digests = new HashSet<>(memory.digests());
        inFolder.jars().forEach(jar -> digests.add(jar.sha256()));
        deployment.all().forEach(instance -> digests.add(instance.jar().sha256()));
        return digests;
    }
}
