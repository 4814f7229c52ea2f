package io.gatehouse.kernel.topic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries that one topic selected: a list that is filled, read and cleared again for each message. Belongs to one thread.
 *
 * @param <E> what a subscription is to the caller
 */
public final class Matches<E> {
    private static final int KEPT = 4_096;

    private Object[] entries = new Object[16];
    private int size;
    private int exact = Integer.MAX_VALUE;

    /** The number of entries. */
    public int size() {
        return size;
    }

    /** True when entries of different filters may be among them, so that one subscriber may occur more than once. */
    public boolean mayRepeat() {
        return size > 1 && size > exact;
    }

    /** The entry at this position, 0 to {@code size() - 1}. */
    @SuppressWarnings("unchecked") // addAll takes entries of an index of the same type only
    public E get(int index) {
        return (E) entries[index];
    }

    /** Forgets all entries, and the room for a very large number of them. */
    public void clear() {
        if (entries.length > KEPT) {
            entries = new Object[16];
        } else {
            Arrays.fill(entries, 0, size, null);
        }
        size = 0;
        exact = Integer.MAX_VALUE;
    }

    /** Adds the {@link Entries} of one filter. */
    void addAll(@Nullable Object more) {
        if (more == null) {
            return;
        }
        if (more instanceof Object[] several) {
            makeRoom(several.length);
            System.arraycopy(several, 0, entries, size, several.length);
            size += several.length;
        } else {
            makeRoom(1);
            entries[size++] = more;
        }
    }

    private void makeRoom(int count) {
        if (size + count > entries.length) {
            entries = Arrays.copyOf(entries, Math.max(entries.length * 2, size + count));
        }
    }

    void beginWildcards() {
        exact = size;
    }
}
