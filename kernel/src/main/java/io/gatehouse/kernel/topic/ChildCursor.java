package io.gatehouse.kernel.topic;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a search stands among the children of one node. It finds each child that is there all the time once, however long it rests and
 * whatever happens meanwhile. It keeps no {@link LevelTable}, which may be large and replaced by another one: what it has passed are the first
 * so many places at which the hash of a name may begin, and that holds for each size of table by itself.
 *
 * @param <N> the nodes
 */
class ChildCursor<N extends NamedNode<N>> {
    /** The children of the places that were looked at last; those before the index have been handed out. */
    private @Nullable Object[] found = new Object[2];

    private int index;
    private int count;

    private @Nullable N parent;
    private int slots;
    private int next;
    private boolean over;

    /** How many places were passed in tables of other sizes, by the logarithm of the size; null while there was no other size. */
    private int @Nullable [] passed;

    /** Stands before the first child of this node. */
    void begin(N node) {
        index = 0;
        count = 0;
        parent = node;
        slots = 0;
        next = 0;
        over = false;
        passed = null;
    }

    /** The next child; null when there is none, or when no step is left. */
    @Nullable
    N next(Steps steps) {
        while (!isOver() && steps.take()) {
            if (index < count) {
                return handOut();
            }
            index = 0;
            count = 0;
            over = !Objects.requireNonNull(parent, "not begun").look(this);
        }
        return null;
    }

    @SuppressWarnings("unchecked") // what was found are children
    private @Nullable N handOut() {
        return (N) found[index++];
    }

    /** True when there is no further child. */
    boolean isOver() {
        return over && index == count;
    }

    // ---- for the node, which has a table of so many slots now; an only child is one of a single slot

    /** The first place to look at. */
    int place(int length) {
        if (length != slots) {
            resized(length);
        }
        return next;
    }

    private void resized(int length) {
        if (slots > 0) {
            int[] places = passed == null ? new int[Integer.SIZE] : passed;
            places[log(slots)] = next;
            next = places[log(length)];
            passed = places;
        }
        slots = length;
    }

    /** All places before this one have been looked at. */
    void passed(int place) {
        next = place;
    }

    void found(N child) {
        if (passed != null && isPassed(passed, child.hash())) {
            return;
        }
        if (count == found.length) {
            found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = child;
    }

    private boolean isPassed(int[] places, int hash) {
        for (int log = 0; log < places.length; log++) {
            int size = 1 << log;
            if (size != slots && (hash & (size - 1)) < places[log]) {
                return true;
            }
        }
        return false;
    }

    private static int log(int size) {
        return Integer.numberOfTrailingZeros(size);
    }
}
