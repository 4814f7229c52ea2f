package io.gatehouse.kernel.topic;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The children of a node, by name: a hash table with open addressing whose slots are the nodes themselves. Any thread may look; one
 * writer at a time changes it, in place while there is room, and by a copy when there is not or when there is too much of it. Whoever
 * looks meanwhile finds every child that was there throughout.
 *
 * @param <N> the nodes
 */
@SuppressWarnings("ReferenceEquality") // a slot is the very node, or the very mark of a removed one
final class LevelTable<N extends NamedNode<N>> {
    private static final int SMALLEST = 4;

    /** What a search looks at in one step. */
    private static final int PLACES_AT_ONCE = 64;

    /** Stands where a child was removed, so that a search goes on behind it. */
    private static final Object REMOVED = new Object();

    private final AtomicReferenceArray<@Nullable Object> slots;

    /** The hash of each child, so that looking at the wrong ones costs no memory access of its own; written before the slot. */
    private final int[] hashes;

    private int live;

    /** Slots that end no search: children and those removed. */
    private int used;

    private LevelTable(int slots) {
        this.slots = new AtomicReferenceArray<>(slots);
        this.hashes = new int[slots];
    }

    static <N extends NamedNode<N>> LevelTable<N> of(N one, N other) {
        LevelTable<N> table = new LevelTable<>(SMALLEST);
        table.put(one);
        table.put(other);
        return table;
    }

    @Nullable
    N find(String topic, int from, int to, int hash) {
        for (int i = start(hash); ; i = next(i)) {
            Object slot = slots.getAcquire(i);
            if (slot == null) {
                return null;
            }
            if (hashes[i] == hash && isChild(slot) && child(slot).isNamed(topic, from, to)) {
                return child(slot);
            }
        }
    }

    /** Shows the cursor the children of some more places; false when it has passed all. */
    boolean look(ChildCursor<N> cursor) {
        int length = slots.length();
        int first = cursor.place(length);
        if (first == length) {
            return false;
        }
        int end = Math.min(length, first + PLACES_AT_ONCE);
        int free = lookAround(cursor, first, length, first, end);
        if (free < end) {
            // Nothing that belongs before a free slot stands behind it, so all from here on count.
            for (int i = free + 1; i < end; i++) {
                Object slot = slots.getAcquire(i);
                if (slot != null && isChild(slot)) {
                    cursor.found(child(slot));
                }
            }
            lookAround(cursor, end, length - (end - first), first, end);
        }
        cursor.passed(end);
        return true;
    }

    /**
     * Shows the cursor the children from a slot to the next free one, as far as a search for them would begin in the range.
     *
     * @param most how many slots it looks at
     * @return the free slot; not less than the end of the range if it is not within
     */
    private int lookAround(ChildCursor<N> cursor, int from, int most, int first, int end) {
        for (int at = from; at < from + most; at++) {
            int i = at & (slots.length() - 1);
            Object slot = slots.getAcquire(i);
            if (slot == null) {
                return at;
            }
            int start = start(hashes[i]);
            if (start >= first && start < end && isChild(slot)) {
                cursor.found(child(slot));
            }
        }
        return from + most;
    }

    /** A table with one more child, which is not there yet: this one, as long as a third of the slots is free. */
    LevelTable<N> with(N child) {
        LevelTable<N> table = (used + 1) * 3L <= slots.length() * 2L ? this : copy(live + 1);
        table.put(child);
        return table;
    }

    /** What is left without a child that is there: a table, the last child, or null. */
    @Nullable
    Object without(N child) {
        slots.setRelease(indexOf(child), REMOVED);
        live--;
        if (live <= 1) {
            return last();
        }
        return slots.length() > SMALLEST && live * 8L < slots.length() ? copy(live) : this;
    }

    private void put(N child) {
        int i = start(child.hash());
        while (slots.getPlain(i) != null) {
            i = next(i);
        }
        hashes[i] = child.hash();
        slots.setRelease(i, child);
        live++;
        used++;
    }

    private LevelTable<N> copy(int children) {
        LevelTable<N> copy = new LevelTable<>(Math.max(SMALLEST, Integer.highestOneBit(children * 2 - 1) * 2));
        for (int i = 0; i < slots.length(); i++) {
            Object slot = slots.getPlain(i);
            if (slot != null && isChild(slot)) {
                copy.put(child(slot));
            }
        }
        return copy;
    }

    private @Nullable Object last() {
        for (int i = 0; i < slots.length(); i++) {
            Object slot = slots.getPlain(i);
            if (slot != null && isChild(slot)) {
                return slot;
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // this very node
    private int indexOf(N child) {
        int i = start(child.hash());
        while (slots.getPlain(i) != child) {
            i = next(i);
        }
        return i;
    }

    @SuppressWarnings("ReferenceEquality") // the one object that stands for none
    private static boolean isChild(Object slot) {
        return slot != REMOVED;
    }

    @SuppressWarnings("unchecked") // only put writes, and it writes children
    private N child(Object slot) {
        return (N) slot;
    }

    private int start(int hash) {
        return hash & (slots.length() - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length() - 1);
    }
}
