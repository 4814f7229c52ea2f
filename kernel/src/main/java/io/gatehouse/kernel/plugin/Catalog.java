package io.gatehouse.kernel.plugin;

import io.gatehouse.kernel.config.GatehouseConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what plugins offer and what the configuration wants of it; each change becomes a snapshot at once. Any thread; changes take
 * turns, and only {@link #withdraw} waits for readers.
 */
final class Catalog {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

    private final SnapshotFactory factory;
    private final SnapshotHolder holder;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** By what identifies the service; guarded by the lock, as is the configuration. */
    private final Map<Object, Offer> offers = new HashMap<>();

    private GatehouseConfig config;

    Catalog(GatehouseConfig config, SnapshotFactory factory) {
        this.config = config;
        this.factory = factory;
        this.holder = new SnapshotHolder(factory.make(0, config, List.of()), Set.of());
    }

    SnapshotHolder holder() {
        return holder;
    }

    /** The configuration that the current snapshot was made for. */
    GatehouseConfig config() {
        lock.lock();
        try {
            return config;
        } finally {
            lock.unlock();
        }
    }

    /** What is offered now. */
    Collection<Offer> offers() {
        lock.lock();
        try {
            return List.copyOf(offers.values());
        } finally {
            lock.unlock();
        }
    }

    void configure(GatehouseConfig replacement) {
        change(() -> config = replacement);
    }

    void offer(Object key, Offer offer) {
        change(() -> offers.put(key, offer));
    }

    /**
     * Takes a service out of all new snapshots, then waits until the old ones that have it are no longer held; blocks.
     *
     * @return false when somebody still holds one after {@code atMost}
     */
    boolean withdraw(Object key, Object service, Duration atMost) {
        change(() -> offers.remove(key));
        return holder.drain(service, atMost);
    }

    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    private void change(Runnable mutation) {
        lock.lock();
        try {
            mutation.run();
            Set<Object> services = SnapshotHolder.identitySet();
            offers.values().forEach(offer -> services.add(offer.service()));
            holder.publish(services, generation -> factory.make(generation, config, offers.values()));
        } finally {
            lock.unlock();
        }
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("a listener for plugin changes failed", e);
            }
        }
    }
}
