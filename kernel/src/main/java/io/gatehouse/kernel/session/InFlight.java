package io.gatehouse.kernel.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unacknowledged deliveries of a session, by packet identifier.
 *
 * <p>A power of two of slots; an identifier belongs to the slot of its low bits, and an identifier whose slot is taken is passed over
 * when the next one is chosen. With as many slots as the window is wide there is always a free one, finding one is a mask away, and
 * nothing is allocated.
 */
@OnLane
final class InFlight {
    private static final int MAX_ID = 65_535;
    private static final int SMALLEST = 4;

    /** One slot that stays empty, so that looking needs no case of its own. */
    private static final @Nullable Delivery[] NOTHING = new Delivery[1];

    private @Nullable Delivery[] slots = NOTHING;
    private int size;
    private int lastId;
    private long sequence;

    int size() {
        return size;
    }

    /** Gives the delivery a packet identifier and keeps it. The caller sees to it that there are fewer than 65,535 of them. */
    void add(Delivery delivery) {
        if (size >= slots.length * 3 / 4 && slots.length < MAX_ID) {
            grow();
        }
        do {
            lastId = lastId == MAX_ID ? 1 : lastId + 1;
        } while (slots[lastId & (slots.length - 1)] != null);
        slots[lastId & (slots.length - 1)] = delivery;
        delivery.packetId = lastId;
        delivery.sequence = ++sequence;
        size++;
    }

    /** The delivery with this identifier, null when there is none. */
    @Nullable
    Delivery find(int packetId) {
        Delivery delivery = slots[packetId & (slots.length - 1)];
        return delivery != null && delivery.packetId == packetId ? delivery : null;
    }

    /** Forgets a delivery that {@link #find} gave. */
    void remove(Delivery delivery) {
        slots[delivery.packetId & (slots.length - 1)] = null;
        size--;
    }

    /** All deliveries in the order in which they were first sent. */
    List<Delivery> inOrder() {
        List<Delivery> all = new ArrayList<>(size);
        for (Delivery delivery : slots) {
            if (delivery != null) {
                all.add(delivery);
            }
        }
        all.sort(Comparator.comparingLong(delivery -> delivery.sequence));
        return all;
    }

    /** Identifiers that shared a slot part when the number of slots doubles, and those that did not never meet. */
    private void grow() {
        @Nullable Delivery[] more = new Delivery[Math.max(SMALLEST, slots.length * 2)];
        for (Delivery delivery : slots) {
            if (delivery != null) {
                more[delivery.packetId & (more.length - 1)] = delivery;
            }
        }
        slots = more;
    }
}
