package io.gatehouse.kernel.topic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The children of a node, by name: a hash table with open addressing whose slots are the nodes themselves. Any thread may look; one
 * writer at a time changes it, in place while there is room, and by a copy when there is not or when there is too much of it. Whoever
 * looks meanwhile finds every child that was there throughout.
 */
final class LevelTable {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(LevelNode[].class);
    private static final int SMALLEST = 4;

    /** Stands where a child was removed, so that a search goes on behind it. */
    private static final LevelNode REMOVED = new LevelNode("", 0, 0, 0);

    private final @Nullable LevelNode[] slots;

    /** The hash of each child, so that looking at the wrong ones costs no memory access of its own; written before the slot. */
    private final int[] hashes;

    private int live;

    /** Slots that end no search: children and those removed. */
    private int used;

    private LevelTable(int slots) {
        this.slots = new LevelNode[slots];
        this.hashes = new int[slots];
    }

    static LevelTable of(LevelNode one, LevelNode other) {
        LevelTable table = new LevelTable(SMALLEST);
        table.put(one);
        table.put(other);
        return table;
    }

    @Nullable
    LevelNode find(String topic, int from, int to, int hash) {
        for (int i = start(hash); ; i = next(i)) {
            LevelNode node = (LevelNode) SLOT.getAcquire(slots, i);
            if (node == null) {
                return null;
            }
            if (hashes[i] == hash && isChild(node) && node.isNamed(topic, from, to)) {
                return node;
            }
        }
    }

    /** A table with one more child, which is not there yet: this one, as long as a third of the slots is free. */
    LevelTable with(LevelNode child) {
        LevelTable table = (used + 1) * 3 <= slots.length * 2 ? this : copy(live + 1);
        table.put(child);
        return table;
    }

    /** What is left without a child that is there: a table, the last child, or null. */
    @Nullable
    Object without(LevelNode child) {
        SLOT.setRelease(slots, indexOf(child), REMOVED);
        live--;
        if (live <= 1) {
            return last();
        }
        return slots.length > SMALLEST && live * 8 < slots.length ? copy(live) : this;
    }

    private void put(LevelNode child) {
        int i = start(child.hash());
        while (slots[i] != null) {
            i = next(i);
        }
        hashes[i] = child.hash();
        SLOT.setRelease(slots, i, child);
        live++;
        used++;
    }

    private LevelTable copy(int children) {
        LevelTable copy = new LevelTable(Math.max(SMALLEST, Integer.highestOneBit(children * 2 - 1) * 2));
        for (LevelNode node : slots) {
            if (node != null && isChild(node)) {
                copy.put(node);
            }
        }
        return copy;
    }

    private @Nullable LevelNode last() {
        for (LevelNode node : slots) {
            if (node != null && isChild(node)) {
                return node;
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // this very node
    private int indexOf(LevelNode child) {
        int i = start(child.hash());
        while (slots[i] != child) {
            i = next(i);
        }
        return i;
    }

    @SuppressWarnings("ReferenceEquality") // the one that stands for none
    private static boolean isChild(LevelNode node) {
        return node != REMOVED;
    }

    private int start(int hash) {
        return hash & (slots.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }
}
