package io.gatehouse.kernel.session;

import io.gatehouse.kernel.store.Publication;
import java.util.ArrayDeque;
import java.util.List;
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

    private @Nullable ArrayDeque<Delivery> waiting;
    private long bytes;

    /** Not later than the earliest expiry of all that wait. */
    private long nextExpiry = Publication.NEVER;

    int size() {
        return waiting == null ? 0 : waiting.size();
    }

    boolean isEmpty() {
        return waiting == null || waiting.isEmpty();
    }

    /** How much memory the messages take, roughly. */
    long bytes() {
        return bytes;
    }

    boolean hasRoomFor(Delivery delivery, SessionLimits limits) {
        return size() < limits.maxQueue() && bytes + bytes(delivery) <= limits.maxQueueBytes();
    }

    void add(Delivery delivery) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        waiting.add(delivery);
        bytes += bytes(delivery);
        nextExpiry = Math.min(nextExpiry, delivery.publication.expiresAt());
    }

    /** The first, null when none waits. */
    @Nullable
    Delivery peek() {
        return waiting == null ? null : waiting.peek();
    }

    /** Removes the first; there must be one. */
    Delivery remove() {
        if (waiting == null) {
            throw new IllegalStateException("no message waits");
        }
        Delivery first = waiting.remove();
        bytes -= bytes(first);
        if (waiting.isEmpty()) {
            nextExpiry = Publication.NEVER;
        }
        return first;
    }

    /** All that wait, in their order. */
    List<Delivery> all() {
        return waiting == null ? List.of() : List.copyOf(waiting);
    }

    /** Removes what has expired, wherever it stands. Costs nothing as long as nothing can have expired. */
    void removeExpired(long nowMillis, Consumer<Delivery> removed) {
        if (nowMillis < nextExpiry) {
            return;
        }
        removeIf(delivery -> delivery.publication.isExpired(nowMillis), removed);
        nextExpiry = Publication.NEVER;
        if (waiting != null) {
            waiting.forEach(left -> nextExpiry = Math.min(nextExpiry, left.publication.expiresAt()));
        }
    }

    void removeIf(Predicate<Delivery> which, Consumer<Delivery> removed) {
        if (waiting == null) {
            return;
        }
        waiting.removeIf(delivery -> {
            boolean goes = which.test(delivery);
            if (goes) {
                bytes -= bytes(delivery);
                removed.accept(delivery);
            }
            return goes;
        });
    }

    void clear() {
        waiting = null;
        bytes = 0;
        nextExpiry = Publication.NEVER;
    }

    private static long bytes(Delivery delivery) {
        return delivery.publication.size() + (long) OVERHEAD;
    }
}
