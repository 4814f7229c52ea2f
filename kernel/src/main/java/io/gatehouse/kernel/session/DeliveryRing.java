package io.gatehouse.kernel.session;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Deliveries in a row, first in, first out. An empty one holds no memory, as most are empty most of the time. */
@OnLane
final class DeliveryRing {
    private static final @Nullable Delivery[] NOTHING = new Delivery[0];
    private static final int SMALLEST = 4;

    /** What a queue may keep for the next time. */
    private static final int KEPT = 64;

    private @Nullable Delivery[] slots = NOTHING;
    private int head;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The first, null when there is none. */
    @Nullable
    Delivery peek() {
        return size == 0 ? null : slots[head];
    }

    void add(Delivery delivery) {
        if (size == slots.length) {
            grow();
        }
        slots[(head + size) & (slots.length - 1)] = delivery;
        size++;
    }

    /** Takes the first, null when there is none. */
    @Nullable
    Delivery poll() {
        if (size == 0) {
            return null;
        }
        Delivery first = slots[head];
        slots[head] = null;
        head = (head + 1) & (slots.length - 1);
        size--;
        if (size == 0 && slots.length > KEPT) {
            clear();
        }
        return first;
    }

    void forEach(Consumer<Delivery> visitor) {
        for (int i = 0; i < size; i++) {
            Delivery delivery = slots[(head + i) & (slots.length - 1)];
            if (delivery != null) {
                visitor.accept(delivery);
            }
        }
    }

    void removeIf(Predicate<Delivery> unwanted) {
        for (int left = size; left > 0; left--) {
            Delivery delivery = poll();
            if (delivery != null && !unwanted.test(delivery)) {
                add(delivery);
            }
        }
    }

    /** Forgets all, and the room for them. */
    void clear() {
        slots = NOTHING;
        head = 0;
        size = 0;
    }

    private void grow() {
        @Nullable Delivery[] more = new Delivery[Math.max(SMALLEST, slots.length * 2)];
        int untilEnd = slots.length - head;
        System.arraycopy(slots, head, more, 0, untilEnd);
        System.arraycopy(slots, 0, more, untilEnd, size - untilEnd);
        slots = more;
        head = 0;
    }
}
