package io.gatehouse.kernel.plugin.module;

import io.gatehouse.kernel.config.GatehouseConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what plugins offer and what the configuration wants of it; each change becomes a snapshot at once. What bundles offer that are
 * hidden, because they have not shown yet that they work or because another took their place, is in no snapshot. Any thread; changes take
 * turns, and only {@link #withdraw} and {@link #drain} wait for readers.
 */
public final class Catalog {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

    private final SnapshotFactory factory;
    private final SnapshotHolder holder;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** By what identifies the service; guarded by the lock, as are the hidden bundles and the configuration. */
    private final Map<Object, Offer> offers = new HashMap<>();

    /** By the same; of those that count. */
    private final Map<Object, Arrival> arrivals = new HashMap<>();

    private final Set<Long> hidden = new HashSet<>();
    private GatehouseConfig config;

    /** Empty, with the chains of this configuration; the modules' calls are counted by these meters. */
    public Catalog(GatehouseConfig config, GateMeters meters) {
        this.config = config;
        this.factory = new SnapshotFactory(meters);
        this.holder = new SnapshotHolder(factory.make(0, config, List.of()), Set.of());
    }

    /** What the snapshots are published to. */
    SnapshotHolder holder() {
        return holder;
    }

    /** The configuration that the current snapshot was made for. */
    public GatehouseConfig config() {
        lock.lock();
        try {
            return config;
        } finally {
            lock.unlock();
        }
    }

    /** What is offered now and not hidden. */
    List<LiveOffer> offers() {
        lock.lock();
        try {
            List<LiveOffer> live = new ArrayList<>();
            arrivals.forEach((key, arrival) -> {
                Offer offer = offers.get(key);
                if (offer != null) {
                    live.add(new LiveOffer(offer, arrival.generation(), arrival.since()));
                }
            });
            return live;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What counts now.
     *
     * @param generation of the first snapshot that has it
     * @param since when that was
     */
    record LiveOffer(Offer offer, long generation, Instant since) {}

    private record Arrival(long generation, Instant since) {}

    /** True when what this bundle offers does not count. */
    boolean isHidden(long bundle) {
        lock.lock();
        try {
            return hidden.contains(bundle);
        } finally {
            lock.unlock();
        }
    }

    /** What these bundles offer now, hidden or not. */
    public List<Offer> offersOf(Set<Long> bundles) {
        lock.lock();
        try {
            return offers.values().stream()
                    .filter(offer -> bundles.contains(offer.bundleId()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** From now on another configuration says which chains there are. */
    public void configure(GatehouseConfig replacement) {
        change(() -> config = replacement);
    }

    /**
     * A service is there, or has other properties now.
     *
     * @param key identifies the service as long as it lives
     */
    public void offer(Object key, Offer offer) {
        change(() -> offers.put(key, offer));
    }

    /** From now on what the first bundles offer counts, and what the second ones offer does not: one snapshot, no moment between. */
    public void swap(Set<Long> show, Set<Long> hide) {
        change(() -> {
            hidden.removeAll(show);
            hidden.addAll(hide);
        });
    }

    /** These bundles are gone for good. */
    public void forget(Set<Long> bundles) {
        lock.lock();
        try {
            hidden.removeAll(bundles);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a service out of all new snapshots, then waits until the old ones that have it are no longer held; blocks. What is hidden is
     * in no new snapshot already, and whoever hid it has waited.
     *
     * @return false when somebody still holds one after {@code atMost}
     */
    public boolean withdraw(Object key, Object service, Duration atMost) {
        AtomicBoolean visible = new AtomicBoolean();
        change(() -> {
            Offer offer = offers.remove(key);
            visible.set(offer != null && !hidden.contains(offer.bundleId()));
        });
        return !visible.get() || holder.drain(List.of(service), atMost);
    }

    /**
     * Waits until no snapshot with what these hidden bundles offer is held any more; blocks.
     *
     * @return false when somebody still holds one after {@code atMost}
     */
    public boolean drain(Set<Long> bundles, Duration atMost) {
        Collection<Object> services = SnapshotHolder.identitySet();
        offersOf(bundles).forEach(offer -> services.add(offer.service()));
        return holder.drain(services, atMost);
    }

    /** To be called, after the fact and on whatever thread made it, for each new snapshot. */
    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    private List<Offer> visible() {
        return offers.values().stream()
                .filter(offer -> !hidden.contains(offer.bundleId()))
                .toList();
    }

    private void change(Runnable mutation) {
        lock.lock();
        try {
            List<Offer> before = visible();
            GatehouseConfig configBefore = config;
            mutation.run();
            List<Offer> after = visible();
            if (configBefore.equals(config) && before.equals(after)) {
                return;
            }
            Set<Object> services =
                    after.stream().map(Offer::service).collect(Collectors.toCollection(SnapshotHolder::identitySet));
            holder.publish(services, generation -> {
                noteArrivals(generation);
                return factory.make(generation, config, after);
            });
        } finally {
            lock.unlock();
        }
        tellListeners();
    }

    private void noteArrivals(long generation) {
        Arrival now = new Arrival(generation, Instant.now());
        offers.forEach((key, offer) -> {
            if (hidden.contains(offer.bundleId())) {
                arrivals.remove(key);
            } else {
                arrivals.putIfAbsent(key, now);
            }
        });
        arrivals.keySet().retainAll(offers.keySet());
    }

    private void tellListeners() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("a listener for plugin changes failed", e);
            }
        }
    }
}
