package io.gatehouse.kernel.topic;

import org.jspecify.annotations.Nullable;

/**
 * One level in a tree of topics or filters, with the levels below it. Readers see each field change atomically; only one writer at a time
 * changes it. A node costs a few words: its name is a part of the topic that made it, and an only child needs no collection.
 *
 * @param <N> the nodes of the tree
 */
abstract class NamedNode<N extends NamedNode<N>> {
    /** A longer topic is not kept for the sake of one of its levels. */
    private static final int MOST_CHARACTERS_BESIDE = 64;

    private final String name;
    private final char from;
    private final char to;
    private final int hash;

    /** Null, the only child, or a {@link LevelTable} of several. */
    private volatile @Nullable Object children;

    /** A node for the level of the topic at this place. */
    NamedNode(String topic, int from, int to) {
        boolean copied = topic.length() - (to - from) > MOST_CHARACTERS_BESIDE;
        this.name = copied ? topic.substring(from, to) : topic;
        this.from = (char) (copied ? 0 : from);
        this.to = (char) (copied ? to - from : to);
        this.hash = Level.hash(topic, from, to);
    }

    int hash() {
        return hash;
    }

    boolean isNamed(String topic, int start, int end) {
        return end - start == to - from && topic.regionMatches(start, name, from, to - from);
    }

    /** True for a first level that leading wildcards pass over (MQTT 5.0 section 4.7.2). */
    boolean beginsWithDollar() {
        return to > from && name.charAt(from) == '$';
    }

    boolean hasChildren() {
        return children != null;
    }

    /** The child for this level of a topic, null when there is none. */
    @Nullable
    N child(String topic, int start, int end) {
        Object present = children;
        if (present == null) {
            return null;
        }
        if (present instanceof LevelTable<?>) {
            return table(present).find(topic, start, end, Level.hash(topic, start, end));
        }
        N only = node(present);
        return only.isNamed(topic, start, end) ? only : null;
    }

    /** Shows the cursor some more of the children that are there now; false when it has seen all. */
    boolean look(ChildCursor<N> cursor) {
        Object present = children;
        if (present == null) {
            return false;
        }
        if (present instanceof LevelTable<?>) {
            return table(present).look(cursor);
        }
        boolean more = cursor.place(1) == 0;
        if (more) {
            cursor.found(node(present));
            cursor.passed(1);
        }
        return more;
    }

    /** Adds a child whose name is not there yet. */
    void addChild(N child) {
        Object present = children;
        if (present == null) {
            children = child;
        } else if (present instanceof LevelTable<?>) {
            children = table(present).with(child);
        } else {
            children = LevelTable.of(node(present), child);
        }
    }

    /** Removes a child that is there. */
    void removeChild(N child) {
        Object present = children;
        children = present instanceof LevelTable<?> ? table(present).without(child) : null;
    }

    @SuppressWarnings("unchecked") // only this class writes children: nodes of this tree, and tables of them
    private N node(Object present) {
        return (N) present;
    }

    @SuppressWarnings("unchecked") // as above
    private LevelTable<N> table(Object present) {
        return (LevelTable<N>) present;
    }
}
