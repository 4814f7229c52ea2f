package io.gatehouse.kernel.plugin.folder;

import io.gatehouse.kernel.jars.JarStore;
import io.gatehouse.kernel.jars.PluginMemory;
import io.gatehouse.kernel.jars.StoredJar;
import io.gatehouse.kernel.plugin.PluginFailure;
import io.gatehouse.kernel.plugin.PluginInfo;
import io.gatehouse.kernel.plugin.osgi.Instance;
import io.gatehouse.kernel.plugin.swap.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Tells operators about every plugin: what runs, what lies in the folder, what is remembered and what failed. Blocks on the disk. */
final class PluginReport {
    private final PluginManager manager;
    private final Deployment deployment;
    private final JarStore store;
    private final PluginMemory memory;
    private final JarJudge judge;

    PluginReport(PluginManager manager, Deployment deployment, PluginFiles files, JarJudge judge) {
        this.manager = manager;
        this.deployment = deployment;
        this.store = files.store();
        this.memory = files.memory();
        this.judge = judge;
    }

    List<PluginInfo> plugins() {
        TreeSet<String> names = new TreeSet<>(manager.inFolder().names());
        deployment.all().forEach(instance -> names.add(instance.symbolicName()));
        List<PluginInfo> plugins = new ArrayList<>();
        names.forEach(name -> plugins.add(known(name)));
        manager.failures().stream()
                .filter(failure -> failure.bundle().isEmpty())
                .map(PluginReport::unknown)
                .forEach(plugins::add);
        return plugins;
    }

    private PluginInfo known(String name) {
        Optional<Instance> running = deployment.find(name);
        StoredJar jar = running.map(Instance::jar)
                .orElseGet(() -> manager.inFolder().jarsOf(name).getFirst());
        return new PluginInfo(
                name,
                jar.header().version(),
                jar.fileName(),
                jar.sha256(),
                state(name, running),
                jar.header().modules(),
                judge.signer(jar),
                judge.capabilities(jar),
                detail(name),
                previous(name, jar));
    }

    private PluginInfo.State state(String name, Optional<Instance> running) {
        if (memory.of(name).disabled()) {
            return PluginInfo.State.DISABLED;
        }
        if (running.isEmpty()) {
            return PluginInfo.State.FAILED;
        }
        return running.get().isStarted() ? PluginInfo.State.RUNNING : PluginInfo.State.WAITING;
    }

    private String detail(String name) {
        if (memory.of(name).disabled()) {
            return "an operator disabled it: `gatehouse plugin enable " + name + "` brings it back";
        }
        Stream<String> failed = manager.failures().stream()
                .filter(failure -> failure.bundle().equals(name))
                .map(failure -> failure.jar() + ": " + failure.sentence());
        Stream<String> rejected = manager.inFolder().jarsOf(name).stream()
                .filter(jar -> memory.of(name).rejected().contains(jar.sha256()))
                .map(jar -> jar.fileName() + ": version " + jar.header().version() + " was rolled back");
        return String.join("; ", Stream.concat(failed, rejected).toList());
    }

    private List<String> previous(String name, StoredJar runs) {
        return memory.of(name).history().stream()
                .filter(sha256 -> !sha256.equals(runs.sha256()))
                .flatMap(sha256 -> store.find(runs.fileName(), sha256).stream())
                .map(jar -> jar.header().version())
                .toList();
    }

    private static PluginInfo unknown(PluginFailure failure) {
        return new PluginInfo(
                failure.jar(),
                failure.version(),
                failure.jar(),
                "",
                PluginInfo.State.FAILED,
                failure.modules(),
                "",
                List.of(),
                failure.sentence(),
                List.of());
    }
}
