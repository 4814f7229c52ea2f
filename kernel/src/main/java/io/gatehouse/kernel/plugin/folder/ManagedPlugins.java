package io.gatehouse.kernel.plugin.folder;

import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.jars.FolderEvents;
import io.gatehouse.kernel.jars.JarFolder;
import io.gatehouse.kernel.plugin.ModuleConfigurations;
import io.gatehouse.kernel.plugin.PluginAdministration;
import io.gatehouse.kernel.plugin.PluginFailure;
import io.gatehouse.kernel.plugin.PluginInfo;
import io.gatehouse.kernel.plugin.PluginOutcome;
import io.gatehouse.kernel.plugin.swap.Deployment;
import io.gatehouse.kernel.plugin.swap.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one change in at a time, whoever wants it: the operators' commands, a new configuration, or the thread that watches the plugins
 * folder. Any thread; blocks.
 */
public final class ManagedPlugins implements PluginAdministration, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedPlugins.class);

    /** Finds what the system sends no event for, such as network file systems and swapped links. */
    private static final Duration POLL = Duration.ofMillis(500);

    /** A jar that is replaced by deleting it and copying another is one change. */
    private static final Duration SETTLE = Duration.ofMillis(100);

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final PluginManager manager;
    private final PluginCommands commands;
    private final PluginReport report;
    private final AdmissionJudge judge;
    private final JarFolder folder;
    private final AtomicReference<Limits> limits;
    private final Runnable onChange;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Thread watcher =
            Thread.ofPlatform().daemon().name("plugin-folder").unstarted(this::watch);

    /**
     * None yet.
     *
     * @param limits is set with each configuration
     * @param onChange told after each change but those by {@link #configure}, on the thread that made it
     */
    public ManagedPlugins(
            PluginFiles files,
            AdmissionJudge judge,
            Deployment deployment,
            ModuleConfigurations configurations,
            AtomicReference<Limits> limits,
            Runnable onChange) {
        this.manager = new PluginManager(files, judge, deployment, configurations);
        this.commands = new PluginCommands(manager, deployment, files);
        this.report = new PluginReport(manager, deployment, files, judge);
        this.judge = judge;
        this.folder = files.folder();
        this.limits = limits;
        this.onChange = onChange;
    }

    /** Starts all plugins of the folder, then watches it. */
    public void start(GatehouseConfig config) {
        configure(config);
        watcher.start();
    }

    /** Hands over another configuration; plugins that cannot work with theirs keep the old one. */
    public void configure(GatehouseConfig config) {
        locked(() -> {
            limits.set(Limits.of(config));
            judge.configure(config.plugins());
            manager.configure(config.modules());
            return manager.reconcile(true);
        });
    }

    /** What does not run, and why; does not wait for a change that is under way. */
    public List<PluginFailure> failures() {
        return manager.failures();
    }

    @Override
    public List<PluginInfo> plugins() {
        return locked(report::plugins);
    }

    @Override
    public PluginOutcome install(Path jar) {
        return changed(() -> commands.install(jar));
    }

    @Override
    public PluginOutcome upgrade(Path jar) {
        return changed(() -> commands.upgrade(jar));
    }

    @Override
    public PluginOutcome rollback(String plugin) {
        return changed(() -> commands.rollback(plugin));
    }

    @Override
    public PluginOutcome disable(String plugin) {
        return changed(() -> commands.disable(plugin));
    }

    @Override
    public PluginOutcome enable(String plugin) {
        return changed(() -> commands.enable(plugin));
    }

    @Override
    public PluginOutcome remove(String plugin) {
        return changed(() -> commands.remove(plugin));
    }

    @Override
    public void rescan() {
        changed(() -> manager.reconcile(true));
    }

    /** Stops watching; a change that is under way is waited for a while. */
    @Override
    public void close() {
        watcher.interrupt();
        try {
            watcher.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try (FolderEvents events = new FolderEvents(folder.path())) {
            boolean copying = false;
            while (!Thread.currentThread().isInterrupted()) {
                events.await(POLL);
                if (copying || locked(folder::isChanged)) {
                    Thread.sleep(SETTLE);
                    copying = act();
                }
            }
        } catch (InterruptedException e) {
            // close() says so: the watch is over
        }
    }

    /** Watching goes on whatever comes of it. */
    private boolean act() {
        try {
            return changed(() -> manager.reconcile(false));
        } catch (RuntimeException e) {
            LOG.error("the plugins folder could not be dealt with", e);
            return false;
        }
    }

    /** Whoever is told afterwards may come back with another configuration, so he is told outside the lock. */
    private <T> T changed(Supplier<T> work) {
        T result = locked(work);
        onChange.run();
        return result;
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
