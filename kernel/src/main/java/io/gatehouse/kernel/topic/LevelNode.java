package io.gatehouse.kernel.topic;

import org.jspecify.annotations.Nullable;

/**
 * One level of the trie of filters with wildcards. Readers see each field change atomically; only writers, under the index's monitor,
 * change them. A node costs a few words: its name is a part of a filter, and what it has one of needs no collection.
 */
final class LevelNode {
    /** A longer filter is not kept for the sake of one of its levels. */
    private static final int MOST_CHARACTERS_BESIDE = 64;

    private final String name;
    private final char from;
    private final char to;
    private final int hash;

    /** The {@link Entries} of the filter that ends here. */
    volatile @Nullable Object here;

    /** The {@link Entries} of the filter that goes on with {@code #}. */
    volatile @Nullable Object below;

    private volatile @Nullable LevelNode any;

    /** Null, the only child, or a {@link LevelTable} of several. */
    private volatile @Nullable Object children;

    /** A node for the level of the filter at this place; its hash is that of {@link Level}. */
    LevelNode(String filter, int from, int to, int hash) {
        boolean copied = filter.length() - (to - from) > MOST_CHARACTERS_BESIDE;
        this.name = copied ? filter.substring(from, to) : filter;
        this.from = (char) (copied ? 0 : from);
        this.to = (char) (copied ? to - from : to);
        this.hash = hash;
    }

    int hash() {
        return hash;
    }

    boolean isNamed(String topic, int start, int end) {
        return end - start == to - from && topic.regionMatches(start, name, from, to - from);
    }

    /** The child of filters that go on with {@code +}. */
    @Nullable
    LevelNode any() {
        return any;
    }

    /** The child for this level of a topic. */
    @Nullable
    LevelNode child(String topic, int start, int end) {
        Object present = children;
        if (present == null) {
            return null;
        }
        if (present instanceof LevelTable table) {
            return table.find(topic, start, end, Level.hash(topic, start, end));
        }
        LevelNode only = (LevelNode) present;
        return only.isNamed(topic, start, end) ? only : null;
    }

    /** The child for this level of a filter, {@code +} among them. */
    @Nullable
    LevelNode branch(String filter, int start, int end) {
        return Level.is('+', filter, start, end) ? any : child(filter, start, end);
    }

    /** The same; makes it when there is none. */
    LevelNode makeBranch(String filter, int start, int end) {
        LevelNode present = branch(filter, start, end);
        if (present != null) {
            return present;
        }
        LevelNode added = new LevelNode(filter, start, end, Level.hash(filter, start, end));
        if (Level.is('+', filter, start, end)) {
            any = added;
        } else {
            children = switch (children) {
                case null -> added;
                case LevelTable table -> table.with(added);
                case Object only -> LevelTable.of((LevelNode) only, added);
            };
        }
        return added;
    }

    /** Removes a child, which has become {@linkplain #isEmpty empty}. */
    @SuppressWarnings("ReferenceEquality") // this very node
    void removeBranch(LevelNode child) {
        if (any == child) {
            any = null;
        } else {
            children = children instanceof LevelTable table ? table.without(child) : null;
        }
    }

    boolean isEmpty() {
        return here == null && below == null && any == null && children == null;
    }
}
