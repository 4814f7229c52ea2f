package io.gatehouse.kernel.plugin.folder;

import io.gatehouse.kernel.config.ModuleConfig;
import io.gatehouse.kernel.jars.PluginMemory;
import io.gatehouse.kernel.jars.StoredJar;
import io.gatehouse.kernel.plugin.osgi.CannotRun;
import io.gatehouse.kernel.plugin.osgi.Instance;
import io.gatehouse.kernel.plugin.swap.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries to have one plugin run as it should. What fails is noted and leaves what runs as it was, and is not tried again before something
 * that it depends on is different; what ran is remembered. Used by one thread at a time; blocks.
 */
final class Attempts {
    private final JarJudge judge;
    private final Deployment deployment;
    private final PluginMemory memory;
    private final Failures failures;
    private Map<String, ModuleConfig> configs = Map.of();

    Attempts(JarJudge judge, Deployment deployment, PluginMemory memory, Failures failures) {
        this.judge = judge;
        this.deployment = deployment;
        this.memory = memory;
        this.failures = failures;
    }

    /** From now on plugins are configured with these, each as soon as something is tried with it. */
    void configure(Map<String, ModuleConfig> replacement) {
        configs = Map.copyOf(replacement);
    }

    /** Brings in the first that can be, and takes it and those before it off the list. */
    void installFirst(List<StoredJar> candidates) {
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

    /** Starts what was brought in; when it fails, goes through the others. The last one stays in though it fails, for it may wait. */
    void startOrFallBack(Instance instance, List<StoredJar> others) {
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

    /** Upgrades a plugin that runs or waits; false when it goes on as it is. */
    boolean upgrade(Instance instance, StoredJar best) {
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

    /** Gives a plugin the configuration that is wanted now; when it cannot work with it, it goes on with the old one. */
    void reconfigure(Instance instance) {
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

    /** Starts a plugin that waits: what lacked another may have it now. */
    void startWaiting(Instance instance) {
        if (instance.isStarted() || failures.isHopeless(instance.jar(), instance.configs())) {
            return;
        }
        try {
            deployment.start(instance);
            ran(instance.jar());
        } catch (CannotRun problem) {
            failures.add(instance.jar(), instance.configs(), problem);
        }
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
}
