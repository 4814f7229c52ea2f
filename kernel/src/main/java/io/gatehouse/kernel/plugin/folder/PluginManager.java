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
import java.util.TreeMap;
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
    private Map<String, ModuleConfig> configs = Map.of();
    private Map<String, List<StoredJar>> inFolder = Map.of();

    PluginManager(PluginFiles files, JarJudge judge, Deployment deployment, ModuleConfigurations configurations) {
        this.folder = files.folder();
        this.store = files.store();
        this.memory = files.memory();
        this.judge = judge;
        this.deployment = deployment;
        this.configurations = configurations;
    }

    /** From now on plugins are configured with these; {@link #reconcile} hands them over. */
    void configure(Map<String, ModuleConfig> replacement) {
        configs = Map.copyOf(replacement);
    }

    /**
     * Looks at the folder and acts.
     *
     * @param settled false when a file that cannot be read may still be being copied, so that it is too early to complain
     * @return true when such a file is there, so that one has to look again
     */
    boolean reconcile(boolean settled) {
        List<FolderJar> files = lookAround();
        failures.keepOnly(files.stream().map(FolderJar::fileName).collect(Collectors.toSet()));
        inFolder = byName(files);
        boolean copying = tellUnusable(files, settled);
        removeGone(files);
        forgetRejected();
        installNew();
        List.copyOf(deployment.all()).forEach(this::bringUpToDate);
        startWaiting();
        store.keepOnly(digests());
        return copying;
    }

    /** When the folder changed, what the configuration says to new jars is read with them. */
    private List<FolderJar> lookAround() {
        if (folder.isChanged()) {
            List<FolderJar> files = folder.jars();
            configurations.read().ifPresent(this::configure);
            return files;
        }
        return folder.jars();
    }

    /** What does not run, and why. */
    List<PluginFailure> failures() {
        return failures.all();
    }

    /** The jars of the folder by symbolic name, as they were when it was looked at last. */
    Map<String, List<StoredJar>> inFolder() {
        return inFolder;
    }

    /** Why this jar does not run; empty when it does or when it does not matter. */
    Optional<PluginFailure> failureOf(String fileName) {
        return failures.all().stream()
                .filter(failure -> failure.jar().equals(fileName))
                .findFirst();
    }

    private static Map<String, List<StoredJar>> byName(List<FolderJar> files) {
        Map<String, List<StoredJar>> byName = new TreeMap<>();
        for (FolderJar file : files) {
            StoredJar jar = file.jar();
            if (jar != null) {
                byName.computeIfAbsent(jar.symbolicName(), name -> new ArrayList<>())
                        .add(jar);
            }
        }
        return byName;
    }

    private boolean tellUnusable(List<FolderJar> files, boolean settled) {
        boolean copying = false;
        for (FolderJar file : files) {
            if (file.jar() == null) {
                boolean early = !settled && folder.isFresh(file);
                failures.unusable(file.fileName(), file.problem(), !early);
                copying |= early;
            }
        }
        return copying;
    }

    /** A plugin whose jar is being overwritten goes on; one whose jar is gone, or that was disabled, goes. */
    private void removeGone(List<FolderJar> files) {
        Set<String> unusable = files.stream()
                .filter(file -> file.jar() == null)
                .map(FolderJar::fileName)
                .collect(Collectors.toSet());
        for (Instance instance : deployment.all()) {
            boolean there = inFolder.containsKey(instance.symbolicName())
                    || unusable.contains(instance.jar().fileName());
            boolean refused = judge.refuse(instance.jar()).isPresent();
            if (!there || refused || memory.of(instance.symbolicName()).disabled()) {
                failures.clear(instance.jar().fileName());
                deployment.remove(instance);
            }
        }
    }

    /** A jar that was rolled back and has left the folder may come back later. */
    private void forgetRejected() {
        inFolder.forEach((name, jars) -> memory.update(
                name,
                remembered -> remembered.rejectingOnly(
                        jars.stream().map(StoredJar::sha256).collect(Collectors.toSet()))));
    }

    /** All are brought in before the first one starts, so that their order does not matter. */
    private void installNew() {
        Map<String, List<StoredJar>> open = new LinkedHashMap<>();
        // Who ran before comes first: nobody takes a module's name from it in a restart.
        List<String> names = inFolder.keySet().stream()
                .sorted(Comparator.comparing(name -> memory.of(name).history().isEmpty()))
                .toList();
        names.forEach(name -> {
            List<StoredJar> jars = inFolder.getOrDefault(name, List.of());
            if (deployment.find(name).isEmpty() && !memory.of(name).disabled()) {
                List<StoredJar> candidates = new ArrayList<>(candidates(name, jars));
                installFirst(candidates);
                open.put(name, candidates);
            }
        });
        open.forEach((name, others) -> deployment.find(name).ifPresent(instance -> startOrFallBack(instance, others)));
    }

    /** Brings in the first that can be, and takes it and those before it off the list. */
    private void installFirst(List<StoredJar> candidates) {
        while (!candidates.isEmpty()) {
            StoredJar jar = candidates.removeFirst();
            if (failures.isHopeless(jar, Instance.relevant(jar, configs))) {
                continue;
            }
            try {
                admit(jar);
                deployment.install(jar, configs);
                return;
            } catch (CannotRun problem) {
                failures.add(jar, Instance.relevant(jar, configs), problem);
            }
        }
    }

    private void startOrFallBack(Instance instance, List<StoredJar> others) {
        try {
            deployment.start(instance);
            ran(instance.jar());
        } catch (CannotRun problem) {
            failures.add(instance.jar(), instance.configs(), problem);
            if (others.isEmpty()) {
                return;
            }
            deployment.remove(instance);
            installFirst(others);
            deployment.find(instance.symbolicName()).ifPresent(next -> startOrFallBack(next, others));
        }
    }

    /** Upgrades a plugin that runs, or gives it its new configuration; whatever fails leaves it as it is. */
    private void bringUpToDate(Instance instance) {
        List<StoredJar> candidates =
                candidates(instance.symbolicName(), inFolder.getOrDefault(instance.symbolicName(), List.of()));
        if (!candidates.isEmpty()) {
            StoredJar best = candidates.getFirst();
            if (best.sha256().equals(instance.jar().sha256())) {
                failures.clearOther(best);
            } else if (tryUpgrade(instance, best)) {
                return;
            }
        }
        deployment.find(instance.symbolicName()).ifPresent(this::reconfigure);
    }

    private boolean tryUpgrade(Instance instance, StoredJar best) {
        Map<String, ModuleConfig> wanted = Instance.relevant(best, configs);
        if (failures.isHopeless(best, wanted)) {
            return false;
        }
        try {
            replace(instance, best);
            return true;
        } catch (CannotRun problem) {
            // Each attempt with an exclusive plugin stops the one that works for a moment: not again without a reason.
            boolean again = problem.waits()
                    && !best.header().exclusive()
                    && !instance.jar().header().exclusive();
            failures.add(best, wanted, new CannotRun(problem.sentence(), again));
            return false;
        }
    }

    /** Forgets that a plugin failed, so that the next look tries it again from the beginning. */
    void giveAnotherChance(String symbolicName) {
        inFolder.getOrDefault(symbolicName, List.of()).forEach(jar -> failures.clear(jar.fileName()));
        deployment.find(symbolicName).filter(deployment::hasFailed).ifPresent(deployment::remove);
    }

    /** Puts this jar in the place of what runs, whatever the folder says; gives the reason when that is not possible. */
    Optional<String> tryNow(Instance instance, StoredJar jar) {
        try {
            replace(instance, jar);
            return Optional.empty();
        } catch (CannotRun problem) {
            return Optional.of(problem.sentence());
        }
    }

    private void replace(Instance instance, StoredJar jar) throws CannotRun {
        admit(jar);
        if (instance.isStarted()) {
            deployment.upgrade(instance, jar, configs);
        } else {
            deployment.remove(instance);
            deployment.install(jar, configs);
            deployment.start(deployment.find(jar.symbolicName()).orElseThrow());
        }
        ran(jar);
    }

    private void reconfigure(Instance instance) {
        Map<String, ModuleConfig> wanted = Instance.relevant(instance.jar(), configs);
        if (wanted.equals(instance.configs())) {
            failures.clearOther(instance.jar(), wanted);
            return;
        }
        if (failures.isHopeless(instance.jar(), wanted)) {
            return;
        }
        try {
            deployment.configure(instance, configs);
            failures.clear(instance.jar().fileName());
        } catch (CannotRun problem) {
            failures.add(
                    instance.jar(),
                    wanted,
                    new CannotRun(
                            "it goes on with its old configuration, because with the new one " + problem.sentence(),
                            problem.waits()));
        }
    }

    /** What lacked another plugin may have it now. */
    private void startWaiting() {
        for (Instance instance : deployment.all()) {
            if (!instance.isStarted() && !failures.isHopeless(instance.jar(), instance.configs())) {
                try {
                    deployment.start(instance);
                    ran(instance.jar());
                } catch (CannotRun problem) {
                    failures.add(instance.jar(), instance.configs(), problem);
                }
            }
        }
    }

    private List<StoredJar> candidates(String name, List<StoredJar> jars) {
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

    private void admit(StoredJar jar) throws CannotRun {
        Optional<String> refused = judge.judgeAnew(jar).or(() -> Claims.refuse(jar, deployment.all()));
        if (refused.isPresent()) {
            throw new CannotRun(refused.get(), true);
        }
    }

    private void ran(StoredJar jar) {
        failures.clear(jar.fileName());
        memory.update(jar.symbolicName(), remembered -> remembered.ran(jar.sha256()));
    }

    private Set<String> digests() {
        Set<String> digests = new HashSet<>(memory.digests());
        inFolder.values().forEach(jars -> jars.forEach(jar -> digests.add(jar.sha256())));
        deployment.all().forEach(instance -> digests.add(instance.jar().sha256()));
        return digests;
    }
}
