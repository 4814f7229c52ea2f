package io.gatehouse.kernel.plugin;

import io.gatehouse.sdk.broker.ModuleInfo;
import java.time.Duration;
import java.util.List;

/** The plugins as the rest of the kernel sees them: always one consistent snapshot, never a half-changed chain. Any thread. */
public interface Plugins {

    /**
     * Takes the current snapshot and keeps its modules from being stopped until the lease is closed. Neither locks nor allocates: meant
     * for each packet.
     */
    PluginLease lease();

    /** The current snapshot for a look. Its modules may be stopped at any moment; nothing of it may be called without a lease. */
    PluginSnapshot current();

    /**
     * Waits until the current generation differs from this one; blocks, so for virtual threads only. The caller must not hold a lease,
     * because the change it waits for may wait for that lease.
     *
     * @return false when the time is over and nothing changed
     */
    boolean awaitChange(long generation, Duration atMost) throws InterruptedException;

    /** Every module that is installed or named in a chain, sorted by name. May take milliseconds: not for lanes. */
    List<ModuleInfo> modules();

    /**
     * Adds somebody who is told, after the fact and on whatever thread made it, of each new snapshot. It must not block and must not
     * throw.
     */
    void addChangeListener(Runnable listener);
}
