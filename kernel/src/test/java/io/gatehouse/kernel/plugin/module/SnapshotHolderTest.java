package io.gatehouse.kernel.plugin.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.plugin.PluginLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SnapshotHolderTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Object service = new Object();
    private final SnapshotHolder holder = new SnapshotHolder(Snapshots.empty(0), Set.of(service));

    private void publish(Set<Object> services) {
        holder.publish(services, Snapshots::empty);
    }

    @Test
    void leasesTheCurrentSnapshot() {
        publish(Set.of());
        try (PluginLease lease = holder.lease()) {
            assertThat(lease.snapshot().generation()).isEqualTo(1);
        }
    }

    @Test
    void drainsAtOnceWhenNobodyHoldsTheService() {
        publish(Set.of());
        assertThat(holder.drain(List.of(service), Duration.ZERO)).isTrue();
    }

    @Test
    void doesNotDrainWhileALeaseIsHeld() {
        PluginLease lease = holder.lease();
        publish(Set.of());
        assertThat(holder.drain(List.of(service), Duration.ZERO)).isFalse();
        assertThat(holder.held()).isEqualTo(1);
        lease.close();
        assertThat(holder.drain(List.of(service), Duration.ZERO)).isTrue();
        assertThat(holder.held()).isZero();
    }

    @Test
    void waitsForAllOlderSnapshotsThatHaveTheService() {
        PluginLease first = holder.lease();
        publish(Set.of(service));
        PluginLease second = holder.lease();
        publish(Set.of());
        second.close();
        assertThat(holder.drain(List.of(service), Duration.ZERO)).isFalse();
        first.close();
        assertThat(holder.drain(List.of(service), Duration.ZERO)).isTrue();
    }

    @Test
    void doesNotWaitForSnapshotsWithoutTheService() {
        publish(Set.of());
        PluginLease unconcerned = holder.lease();
        publish(Set.of());
        assertThat(holder.drain(List.of(service), Duration.ZERO)).isTrue();
        unconcerned.close();
    }

    @Test
    void drainsWhenAnotherThreadClosesTheLease() throws Exception {
        PluginLease lease = holder.lease();
        publish(Set.of());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> drained = threads.submit(() -> holder.drain(List.of(service), LONG));
            threads.submit(lease::close).get();
            assertThat(drained.get()).isTrue();
        }
    }

    @Test
    void refusesASecondClose() {
        PluginLease lease = holder.lease();
        lease.close();
        assertThatThrownBy(lease::close).isInstanceOf(IllegalStateException.class);
        publish(Set.of());
        assertThat(holder.drain(List.of(service), Duration.ZERO)).isTrue();
    }

    @Test
    void turnsAwayAReaderWhoCameWhileTheSnapshotWasReplaced() {
        Epoch old = holder.currentEpoch();
        publish(Set.of());
        assertThat(holder.drain(List.of(service), Duration.ZERO)).isTrue();
        assertThat(holder.tryLease(old)).isNull();
        assertThat(old.isUnused()).isTrue();
    }

    @Test
    void takesACurrentSnapshotToBeInUse() {
        assertThat(holder.currentEpoch().isUnused()).isFalse();
    }

    @Test
    void awaitsAChange() throws Exception {
        assertThat(holder.awaitChange(0, Duration.ZERO)).isFalse();
        assertThat(holder.awaitChange(7, Duration.ZERO)).isTrue();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> changed = threads.submit(() -> holder.awaitChange(0, LONG));
            publish(Set.of());
            assertThat(changed.get()).isTrue();
        }
    }

    /**
     * Readers lease and use services as fast as they can while writers replace them; whoever has drained a service destroys it. The
     * protocol is broken as soon as one reader, holding a lease, sees a destroyed service.
     */
    @Test
    void neverDestroysAServiceThatALeaseHolds() throws Exception {
        Map<Long, Service> services = new ConcurrentHashMap<>();
        Service first = new Service();
        services.put(0L, first);
        SnapshotHolder stressed = new SnapshotHolder(Snapshots.empty(0), Set.of(first));
        AtomicBoolean over = new AtomicBoolean();
        List<Future<Long>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(() -> readUntil(over, stressed, services)));
            }
            // Looks on all the time, as other writers do that drain something else.
            Future<?> onlooker = threads.submit(() -> {
                while (!over.get()) {
                    stressed.held();
                }
            });
            Future<?> writer = threads.submit(() -> replace(300, stressed, services));
            writer.get();
            over.set(true);
            onlooker.get();
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
        await().untilAsserted(() -> assertThat(stressed.held()).isZero());
    }

    private static void replace(int times, SnapshotHolder stressed, Map<Long, Service> services) {
        for (int i = 0; i < times; i++) {
            Service old = Objects.requireNonNull(services.get(stressed.current().generation()));
            Service next = new Service();
            stressed.publish(Set.of(next), generation -> {
                services.put(generation, next);
                return Snapshots.empty(generation);
            });
            assertThat(stressed.drain(List.of(old), LONG)).isTrue();
            old.destroyed = true;
        }
    }

    private static long readUntil(AtomicBoolean over, SnapshotHolder stressed, Map<Long, Service> services)
            throws ExecutionException {
        long reads = 0;
        do {
            try (PluginLease lease = stressed.lease()) {
                Service used =
                        Objects.requireNonNull(services.get(lease.snapshot().generation()));
                for (int i = ThreadLocalRandom.current().nextInt(50); i >= 0; i--) {
                    if (used.destroyed) {
                        throw new ExecutionException("used after it was destroyed", null);
                    }
                    Thread.onSpinWait();
                }
            }
            reads++;
        } while (!over.get());
        return reads;
    }

    private static final class Service {
        private volatile boolean destroyed;
    }
}
