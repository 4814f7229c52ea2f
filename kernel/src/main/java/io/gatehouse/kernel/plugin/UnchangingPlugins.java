package io.gatehouse.kernel.plugin;

import io.gatehouse.sdk.broker.ModuleInfo;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Plugins of which none ever comes or goes, for a core that stands by itself. Any thread. */
public final class UnchangingPlugins implements Plugins {
    private final SnapshotHolder holder;

    /** With this snapshot, for ever. */
    public UnchangingPlugins(PluginSnapshot snapshot) {
        holder = new SnapshotHolder(snapshot, Set.of());
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
        return List.of();
    }

    @Override
    public void addChangeListener(Runnable listener) {
        // Nothing changes.
    }
}
