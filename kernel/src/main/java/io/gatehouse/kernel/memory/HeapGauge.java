package io.gatehouse.kernel.memory;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * The heap that was still in use after the latest garbage collection, and the messages that have come to wait since. What else lies there
 * between two collections says nothing: most of it is garbage.
 *
 * <p>A collection of the young generation leaves the garbage of the old one, so what it finds is an upper bound. When that bound is high
 * and nobody knows better, {@link #refresh()} asks for a whole collection. It does so rarely enough that at most one part in fifty of
 * the time goes into them.
 */
public final class HeapGauge implements MemoryGauge, NotificationListener, AutoCloseable {
    /** The least time between two collections that are asked for. */
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);

    private static final int SHARE = 50;

    /** What one collection left. */
    private record Measured(long bytes, long waiting, boolean whole, long atNanos) {}

    private final Set<String> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());
    private final long most = Runtime.getRuntime().maxMemory();
    private final WaitingBytes waiting;
    private final AtomicReference<Measured> latest =
            new AtomicReference<>(new Measured(0, 0, false, System.nanoTime()));

    // the guard's thread only
    private long pauseNanos = SHORTEST_PAUSE.toNanos();
    private long askedAt = System.nanoTime() - SHORTEST_PAUSE.toNanos();

    /** Listens to the collectors until it is closed. */
    public HeapGauge(WaitingBytes waiting) {
        this.waiting = waiting;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(this, null, null);
            }
        }
    }

    @Override
    public double used() {
        Measured measured = latest.get();
        long since = Math.max(0, waiting.sum() - measured.waiting());
        return (double) (measured.bytes() + since) / most;
    }

    /** After each collection, on a thread of the virtual machine. */
    @Override
    public void handleNotification(Notification notification, Object handback) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            collected(GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData()));
        }
    }

    private void collected(GarbageCollectionNotificationInfo collection) {
        long left = collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> pools.contains(pool.getKey()))
                .map(Map.Entry::getValue)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        String what = (collection.getGcName() + " " + collection.getGcAction()).toLowerCase(Locale.ROOT);
        latest.set(new Measured(left, waiting.sum(), what.contains("major"), System.nanoTime()));
    }

    @Override
    @SuppressWarnings("DoNotCall") // there is no other way to know
    public void refresh() {
        Measured before = latest.get();
        long now = System.nanoTime();
        boolean known = before.whole() && now - before.atNanos() < pauseNanos;
        if (known || now - askedAt < pauseNanos) {
            return;
        }
        askedAt = now;
        System.gc();
        pauseNanos = Math.max(SHORTEST_PAUSE.toNanos(), SHARE * (System.nanoTime() - now));
    }

    @Override
    public void close() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                try {
                    emitter.removeNotificationListener(this);
                } catch (ListenerNotFoundException e) {
                    // it never listened there
                }
            }
        }
    }
}
