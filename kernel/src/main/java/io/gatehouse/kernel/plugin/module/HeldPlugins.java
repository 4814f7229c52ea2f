package io.gatehouse.kernel.plugin.module;

import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.sdk.broker.ModuleInfo;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The plugins of a {@link Catalog}, or some that never change. Any thread. */
public final class HeldPlugins implements Plugins {
    private final SnapshotHolder holder;
    private final Supplier<List<ModuleInfo>> modules;
    private final Consumer<Runnable> listeners;

    private HeldPlugins(SnapshotHolder holder, Supplier<List<ModuleInfo>> modules, Consumer<Runnable> listeners) {
        this.holder = holder;
        this.modules = modules;
        this.listeners = listeners;
    }

    /**
     * Those of this catalog.
     *
     * @param modules says what {@link #modules()} says
     */
    public static HeldPlugins of(Catalog catalog, Supplier<List<ModuleInfo>> modules) {
        return new HeldPlugins(catalog.holder(), modules, catalog::addListener);
    }

    /** This snapshot for ever, for a core that stands by itself. */
    public static HeldPlugins unchanging(PluginSnapshot snapshot) {
        return new HeldPlugins(new SnapshotHolder(snapshot, Set.of()), List::of, _ -> {});
    }

    @Override
    public PluginLease lease() {
        return holder.lease();
    }

    @Override
    public PluginSnapshot current() {
        return holder.current();
    }

    @Override
    public boolean awaitChange(long generation, Duration atMost) throws InterruptedException {
        return holder.awaitChange(generation, atMost);
    }

    @Override
    public List<ModuleInfo> modules() {
        return modules.get();
    }

    @Override
    public void addChangeListener(Runnable listener) {
        listeners.accept(listener);
    }
}
