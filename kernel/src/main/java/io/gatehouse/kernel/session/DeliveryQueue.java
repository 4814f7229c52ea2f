package io.gatehouse.kernel.session;

import io.gatehouse.kernel.config.QueueOverflow;
import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.store.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait for one session, bounded in number and in bytes by those who add. It costs a session nothing to speak of as
 * long as nothing has waited.
 */
@OnLane
final class DeliveryQueue {
    /** What a waiting message takes beside its content. */
    private static final int OVERHEAD = 64;

    private final DeliveryRing waiting = new DeliveryRing();
    private final Session session;
    private final MemoryPressure memory;
    private long bytes;

    /** What the memory was told: a message for many sessions, which they share, counts for none of them. */
    private long told;

    /** Not later than the earliest expiry of all that wait. */
    private long nextExpiry = Publication.NEVER;

    /**
     * An empty queue.
     *
     * @param session told when there is more room
     * @param memory told what waits
     */
    DeliveryQueue(Session session, MemoryPressure memory) {
        this.session = session;
        this.memory = memory;
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How much memory the messages take, roughly. */
    long bytes() {
        return bytes;
    }

    /** False when no message at all has room, however small. */
    boolean hasPlace(SessionLimits limits) {
        return size() < limits.maxQueue();
    }

    boolean hasRoomFor(Delivery delivery, SessionLimits limits) {
        return hasPlace(limits) && bytes + bytes(delivery) <= limits.maxQueueBytes();
    }

    /** False when there would be no room even if nothing else waited. */
    private static boolean couldHold(Delivery delivery, SessionLimits limits) {
        return limits.maxQueue() > 0 && bytes(delivery) <= limits.maxQueueBytes();
    }

    /**
     * Tries to make room for a delivery for which there is none: what has expired goes.
     *
     * @param dropped told of each that goes
     * @return false when there is no room
     */
    boolean makeRoomFor(
            Delivery delivery, SessionLimits limits, long nowMillis, BiConsumer<Delivery, DropReason> dropped) {
        removeExpired(nowMillis, expired -> dropped.accept(expired, DropReason.EXPIRED));
        return hasRoomFor(delivery, limits);
    }

    /** The same when that was not enough: the oldest go, if the limits say so and it helps. */
    boolean makeMoreRoomFor(Delivery delivery, SessionLimits limits, BiConsumer<Delivery, DropReason> dropped) {
        if (limits.overflow() == QueueOverflow.DROP_OLDEST && couldHold(delivery, limits)) {
            while (!isEmpty() && !hasRoomFor(delivery, limits)) {
                dropped.accept(remove(), DropReason.QUEUE_FULL);
            }
        }
        return hasRoomFor(delivery, limits);
    }

    /** Not before this moment does anything that waits expire. */
    long nextExpiry() {
        return nextExpiry;
    }

    void add(Delivery delivery) {
        waiting.add(delivery);
        count(delivery, 1);
        nextExpiry = Math.min(nextExpiry, delivery.publication.expiresAt());
    }

    /** The first, null when none waits. */
    @Nullable
    Delivery peek() {
        return waiting.peek();
    }

    /** Removes the first; there must be one. */
    Delivery remove() {
        Delivery first = Objects.requireNonNull(waiting.poll(), "no message waits");
        count(first, -1);
        if (waiting.isEmpty()) {
            nextExpiry = Publication.NEVER;
        }
        return first;
    }

    /** All that wait, in their order. */
    List<Delivery> all() {
        List<Delivery> all = new ArrayList<>(waiting.size());
        waiting.forEach(all::add);
        return all;
    }

    /** Removes what has expired, wherever it stands. Costs nothing as long as nothing can have expired. */
    private void removeExpired(long nowMillis, Consumer<Delivery> removed) {
        if (nowMillis < nextExpiry) {
            return;
        }
        removeIf(delivery -> delivery.publication.isExpired(nowMillis), removed);
        nextExpiry = Publication.NEVER;
        waiting.forEach(left -> nextExpiry = Math.min(nextExpiry, left.publication.expiresAt()));
    }

    void removeIf(Predicate<Delivery> which, Consumer<Delivery> removed) {
        waiting.removeIf(delivery -> {
            boolean goes = which.test(delivery);
            if (goes) {
                count(delivery, -1);
                removed.accept(delivery);
            }
            return goes;
        });
    }

    void clear() {
        waiting.clear();
        memory.waits(-told);
        told = 0;
        bytes = 0;
        nextExpiry = Publication.NEVER;
    }

    private void count(Delivery delivery, int sign) {
        long all = sign * bytes(delivery);
        long own = delivery.publication.keepsFrames() ? (long) sign * OVERHEAD : all;
        bytes += all;
        told += own;
        memory.waits(own);
        if (sign < 0 && session.noRoom() != null) {
            session.noRoom(null);
        }
    }

    private static long bytes(Delivery delivery) {
        return delivery.publication.size() + (long) OVERHEAD;
    }
}
