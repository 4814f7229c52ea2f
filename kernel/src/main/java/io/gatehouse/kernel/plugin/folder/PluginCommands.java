package io.gatehouse.kernel.plugin.folder;

import io.gatehouse.kernel.jars.JarHeader.UnusableJar;
import io.gatehouse.kernel.jars.JarStore;
import io.gatehouse.kernel.jars.PluginMemory;
import io.gatehouse.kernel.jars.StoredJar;
import io.gatehouse.kernel.plugin.PluginFailure;
import io.gatehouse.kernel.plugin.PluginOutcome;
import io.gatehouse.kernel.plugin.PluginOutcome.Done;
import io.gatehouse.kernel.plugin.PluginOutcome.Exists;
import io.gatehouse.kernel.plugin.PluginOutcome.NotFound;
import io.gatehouse.kernel.plugin.PluginOutcome.Refused;
import io.gatehouse.kernel.plugin.osgi.Instance;
import io.gatehouse.kernel.plugin.swap.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operators' commands, one at a time: the caller holds the lock. Blocks. */
final class PluginCommands {
    private final PluginManager manager;
    private final Deployment deployment;
    private final Path folder;
    private final FolderWriter writer;
    private final JarStore store;
    private final PluginMemory memory;

    PluginCommands(PluginManager manager, Deployment deployment, PluginFiles files) {
        this.manager = manager;
        this.deployment = deployment;
        this.folder = files.folder().path();
        this.writer = new FolderWriter(folder);
        this.store = files.store();
        this.memory = files.memory();
    }

    PluginOutcome install(Path file) {
        return withJar(file, jar -> {
            if (manager.inFolder().has(jar.symbolicName())) {
                return new Exists(jar.symbolicName() + " is installed already: use `gatehouse plugin upgrade`");
            }
            Optional<PluginOutcome> taken = taken(jar);
            if (taken.isPresent()) {
                return taken.get();
            }
            approve(jar);
            writer.put(writer.prepare(jar), jar);
            manager.reconcile(true);
            PluginOutcome outcome = outcome(jar, "installed ");
            if (outcome instanceof Refused) {
                writer.delete(jar);
                memory.forget(jar.symbolicName());
                manager.reconcile(true);
            }
            return outcome;
        });
    }

    PluginOutcome upgrade(Path file) {
        return withJar(file, jar -> {
            if (!manager.inFolder().has(jar.symbolicName())) {
                return new NotFound(jar.symbolicName() + " is not installed: use `gatehouse plugin install`");
            }
            Optional<PluginOutcome> taken = taken(jar);
            if (taken.isPresent()) {
                return taken.get();
            }
            Optional<Instance> running = deployment.find(jar.symbolicName());
            if (running.isEmpty()) {
                return mend(jar);
            }
            return running.get().jar().sha256().equals(jar.sha256())
                    ? new Done(jar + " runs already")
                    : upgrade(running.get(), jar);
        });
    }

    /** Nothing of the plugin runs that could be lost: the new jar replaces those that do not work, or a disabled one. */
    private PluginOutcome mend(StoredJar jar) throws IOException {
        approve(jar);
        writer.replace(manager.inFolder().jarsOf(jar.symbolicName()), writer.prepare(jar), jar);
        manager.reconcile(true);
        return outcome(jar, memory.of(jar.symbolicName()).disabled() ? "put in, still disabled: " : "upgraded to ");
    }

    private PluginOutcome upgrade(Instance running, StoredJar jar) throws IOException {
        // Before anything is changed, so that a folder that cannot be written is found out in time.
        Path incoming = writer.prepare(jar);
        try {
            approve(jar);
            Optional<String> problem = manager.tryNow(running, jar);
            if (problem.isPresent()) {
                return new Refused(problem.get() + "; what ran goes on");
            }
            writer.replace(manager.inFolder().jarsOf(jar.symbolicName()), incoming, jar);
        } finally {
            Files.deleteIfExists(incoming);
            // Whatever became of it: what runs is what the folder says.
            manager.reconcile(true);
        }
        return outcome(jar, "upgraded to ");
    }

    PluginOutcome rollback(String plugin) {
        return withName(plugin, name -> {
            List<String> history = memory.of(name).history();
            Optional<Instance> running = deployment.find(name);
            String runs = running.map(instance -> instance.jar().sha256()).orElse("");
            List<String> older =
                    history.stream().filter(sha256 -> !sha256.equals(runs)).toList();
            Optional<StoredJar> back = older.stream()
                    .flatMap(sha256 -> store.find(fileName(name), sha256).stream())
                    .findFirst();
            if (back.isEmpty()) {
                return new Refused("there is no version of " + name + " to go back to: upgrade it with an older jar");
            }
            if (running.isPresent()) {
                Optional<String> problem = manager.tryNow(running.get(), back.get());
                if (problem.isPresent()) {
                    return new Refused(problem.get() + "; what ran goes on");
                }
            }
            Set<String> bad = present(name);
            bad.remove(back.get().sha256());
            List<String> rest = older.subList(older.indexOf(back.get().sha256()), older.size());
            memory.update(name, remembered -> remembered.rolledBack(bad, rest));
            manager.reconcile(true);
            return outcome(back.get(), "rolled back to ");
        });
    }

    PluginOutcome disable(String plugin) {
        return withName(plugin, name -> {
            memory.update(name, remembered -> remembered.withDisabled(true));
            manager.reconcile(true);
            return new Done("disabled " + name);
        });
    }

    PluginOutcome enable(String plugin) {
        return withName(plugin, name -> {
            memory.update(name, remembered -> remembered.withDisabled(false));
            List<StoredJar> jars = manager.inFolder().jarsOf(name);
            if (jars.isEmpty()) {
                return new NotFound("the jar of " + name + " is not in " + folder);
            }
            List<StoredJar> candidates =
                    Candidates.of(jars, memory.of(name), null, store).jars();
            if (candidates.isEmpty()) {
                return new Refused("all versions of " + name + " in " + folder
                        + " were rolled back, and the copy of the one before is gone: upgrade it with another jar");
            }
            StoredJar best = candidates.getFirst();
            approve(best);
            manager.giveAnotherChance(name);
            manager.reconcile(true);
            return outcome(best, "enabled ");
        });
    }

    PluginOutcome remove(String plugin) {
        return withName(plugin, name -> {
            for (StoredJar jar : manager.inFolder().jarsOf(name)) {
                writer.delete(jar);
            }
            memory.forget(name);
            manager.reconcile(true);
            return new Done("removed " + name);
        });
    }

    /** The outcome for a jar that should run now. */
    private PluginOutcome outcome(StoredJar jar, String done) {
        Optional<PluginFailure> failure = manager.failureOf(jar.fileName());
        return failure.isPresent()
                ? new Refused(failure.get().sentence())
                : new Done(done + jar.symbolicName() + " " + jar.header().version());
    }

    /** Whoever gives the broker a jar by hand approves of it. */
    private void approve(StoredJar jar) {
        memory.update(jar.symbolicName(), remembered -> remembered.approving(jar.sha256()));
    }

    private Set<String> present(String name) {
        return manager.inFolder().jarsOf(name).stream()
                .map(StoredJar::sha256)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private String fileName(String name) {
        return manager.inFolder().jarsOf(name).stream()
                .map(StoredJar::fileName)
                .findFirst()
                .orElse(name + ".jar");
    }

    /** A file of this name that is another plugin's, which must not be overwritten. */
    private Optional<PluginOutcome> taken(StoredJar jar) {
        return manager.inFolder()
                .file(jar.fileName())
                .filter(other -> !other.symbolicName().equals(jar.symbolicName()))
                .map(other -> new Exists("the file " + jar.fileName() + " is the plugin " + other.symbolicName()
                        + ": rename the new one"));
    }

    private interface JarCommand {
        PluginOutcome on(StoredJar jar) throws IOException;
    }

    private PluginOutcome withJar(Path file, JarCommand command) {
        if (!String.valueOf(file.getFileName()).endsWith(".jar")
                || file.getFileName().toString().startsWith(".")) {
            return new Refused(file + " is no name of a plugin: it has to end in .jar");
        }
        if (!Files.isRegularFile(file)) {
            return new NotFound(file + " does not exist, or the broker's user may not see it");
        }
        try {
            return command.on(store.add(file));
        } catch (UnusableJar e) {
            return new Refused(file.getFileName() + ": " + e.sentence());
        } catch (IOException e) {
            return new Refused("the plugins folder or the data directory cannot be written (" + e
                    + "): put the jar into the folder by hand");
        }
    }

    private interface NameCommand {
        PluginOutcome on(String symbolicName) throws IOException;
    }

    private PluginOutcome withName(String plugin, NameCommand command) {
        Optional<String> name = symbolicName(plugin);
        try {
            return name.isEmpty()
                    ? new NotFound("there is no plugin " + plugin + ": see `gatehouse plugin list`")
                    : command.on(name.get());
        } catch (IOException e) {
            return new Refused("the plugins folder cannot be written (" + e + "): do it by hand");
        }
    }

    private Optional<String> symbolicName(String plugin) {
        Stream<StoredJar> jars = Stream.concat(
                manager.inFolder().jars(), deployment.all().stream().map(Instance::jar));
        return jars.filter(jar ->
                        jar.symbolicName().equals(plugin) || jar.fileName().equals(plugin) || isModule(plugin, jar))
                .map(StoredJar::symbolicName)
                .findFirst();
    }

    /** A module's name, with or without an instance. */
    private static boolean isModule(String plugin, StoredJar jar) {
        return jar.header().modules().stream()
                .anyMatch(module -> plugin.equals(module) || plugin.startsWith(module + "."));
    }
}
