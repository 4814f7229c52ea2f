package io.gatehouse.kernel.plugin.module;

import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Holds the current snapshot and knows which older ones are still in use.
 *
 * <p>Readers count themselves into an {@link Epoch} and then look whether it is still the current one; the writer replaces the current
 * one and then looks at the counts. Both steps are volatile on both sides, so one of the two sees the other: a reader that the writer
 * did not count notices that its epoch is old, counts itself out and takes the new one. Hence, once the writer has seen a count of
 * zero, nobody holds that epoch or ever will. Readers never wait for anybody.
 */
final class SnapshotHolder {
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final ReentrantLock writer = new ReentrantLock();
    private final List<Epoch> retired = new CopyOnWriteArrayList<>();
    private volatile Epoch current;

    /** Starts with this snapshot; {@code services} are the plugin objects that it can reach. */
    SnapshotHolder(PluginSnapshot first, Set<Object> services) {
        current = new Epoch(first, services);
    }

    PluginLease lease() {
        while (true) {
            PluginLease lease = tryLease(current);
            if (lease != null) {
                return lease;
            }
        }
    }

    /** Leases this epoch, or gives null when it was replaced before the caller was counted in. */
    @Nullable
    PluginLease tryLease(Epoch epoch) {
        PluginLease lease = epoch.enter();
        if (isCurrent(epoch)) {
            return lease;
        }
        lease.close();
        return null;
    }

    /** What readers are about to lease. */
    Epoch currentEpoch() {
        return current;
    }

    PluginSnapshot current() {
        return current.snapshot();
    }

    /**
     * Publishes the snapshot made for the next generation. Writers take turns; none waits for readers.
     *
     * @param services the plugin objects that the new snapshot can reach
     */
    void publish(Set<Object> services, LongFunction<PluginSnapshot> maker) {
        writer.lock();
        try {
            Epoch old = current;
            Epoch next = new Epoch(maker.apply(old.snapshot().generation() + 1), services);
            // Listed before it is replaced: whoever drains from now on finds it, and while it is current it counts as
            // in use.
            retired.add(old);
            current = next;
            old.markReplaced();
        } finally {
            writer.unlock();
        }
        retired.removeIf(Epoch::isUnused);
    }

    /**
     * Waits until no snapshot that reaches one of these services is held any more; blocks. The current one must reach none of them.
     *
     * @return false when the time was over first
     */
    boolean drain(Collection<Object> services, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        List<Epoch> waitedFor = new ArrayList<>(retired);
        waitedFor.removeIf(epoch -> services.stream().noneMatch(epoch.services()::contains));
        while (true) {
            waitedFor.removeIf(Epoch::isUnused);
            retired.removeIf(Epoch::isUnused);
            if (waitedFor.isEmpty()) {
                return true;
            }
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
    }

    /** Waits until the generation differs, or the time is over (false). */
    boolean awaitChange(long generation, Duration atMost) throws InterruptedException {
        Epoch epoch = current;
        return epoch.snapshot().generation() != generation || epoch.awaitReplaced(atMost);
    }

    /** How many replaced snapshots are still held. */
    int held() {
        retired.removeIf(Epoch::isUnused);
        return retired.size();
    }

    /** How many leases there are on snapshots that reach this service; an estimate while they come and go. */
    int leases(Object service) {
        List<Epoch> epochs = new ArrayList<>(retired);
        epochs.add(current);
        return epochs.stream()
                .filter(epoch -> epoch.services().contains(service))
                .mapToInt(Epoch::leases)
                .sum();
    }

    /** A set that tells objects apart by identity: plugins may define equals as they like. */
    static Set<Object> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    @SuppressWarnings("ReferenceEquality") // the same epoch, not one that looks like it
    private boolean isCurrent(Epoch epoch) {
        return epoch == current;
    }
}
