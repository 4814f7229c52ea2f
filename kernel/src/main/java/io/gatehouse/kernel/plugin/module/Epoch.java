package io.gatehouse.kernel.plugin.module;

import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * One snapshot and the count of those who hold it. The count is spread over stripes a pair of cache lines apart, so that lanes do not
 * fight over one; a lease gives back on the stripe where it took.
 */
final class Epoch {
    private static final int STRIPES =
            Math.min(64, Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 4 - 1));
    /** Counters between two stripes: 32 ints are 128 bytes. */
    private static final int DISTANCE = 32;

    private final PluginSnapshot snapshot;
    private final Set<Object> services;
    private final AtomicIntegerArray holders = new AtomicIntegerArray((STRIPES + 1) * DISTANCE);
    private final Lease[] leases = new Lease[STRIPES];
    private final CountDownLatch replaced = new CountDownLatch(1);

    Epoch(PluginSnapshot snapshot, Set<Object> services) {
        this.snapshot = snapshot;
        this.services = services;
        for (int i = 0; i < STRIPES; i++) {
            leases[i] = new Lease((i + 1) * DISTANCE);
        }
    }

    PluginSnapshot snapshot() {
        return snapshot;
    }

    /** The plugin objects that the snapshot can reach, by identity. */
    Set<Object> services() {
        return services;
    }

    /** Counts the caller in. Whether the epoch was still current at that moment the caller has to find out. */
    PluginLease enter() {
        Lease lease = leases[(int) Thread.currentThread().threadId() & (STRIPES - 1)];
        holders.getAndIncrement(lease.index);
        return lease;
    }

    /**
     * True when it was replaced and nobody holds it. Once replaced, the count of each stripe falls to zero for good, apart from those
     * who come, see that it is old and leave; so it does no harm that the stripes are not read at one moment.
     */
    boolean isUnused() {
        if (replaced.getCount() != 0) {
            return false;
        }
        for (Lease lease : leases) {
            if (holders.get(lease.index) != 0) {
                return false;
            }
        }
        return true;
    }

    /** How many hold it; not one moment's count. */
    int leases() {
        int sum = 0;
        for (Lease lease : leases) {
            sum += holders.get(lease.index);
        }
        return Math.max(0, sum);
    }

    void markReplaced() {
        replaced.countDown();
    }

    boolean awaitReplaced(Duration atMost) throws InterruptedException {
        return replaced.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The lease that all holders on one stripe share: taking one allocates nothing. */
    private final class Lease implements PluginLease {
        private final int index;

        Lease(int index) {
            this.index = index;
        }

        @Override
        public PluginSnapshot snapshot() {
            return snapshot;
        }

        @Override
        public void close() {
            if (holders.getAndDecrement(index) <= 0) {
                holders.getAndIncrement(index);
                throw new IllegalStateException("a plugin lease was closed twice");
            }
        }
    }
}
