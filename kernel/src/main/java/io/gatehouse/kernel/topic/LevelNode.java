package io.gatehouse.kernel.topic;

import org.jspecify.annotations.Nullable;

/** One level of the trie of filters with wildcards. */
final class LevelNode extends NamedNode<LevelNode> {
    /** The {@link Entries} of the filter that ends here. */
    volatile @Nullable Object here;

    /** The {@link Entries} of the filter that goes on with {@code #}. */
    volatile @Nullable Object below;

    private volatile @Nullable LevelNode any;

    LevelNode(String filter, int from, int to) {
        super(filter, from, to);
    }

    /** The child of filters that go on with {@code +}. */
    @Nullable
    LevelNode any() {
        return any;
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
        LevelNode added = new LevelNode(filter, start, end);
        if (Level.is('+', filter, start, end)) {
            any = added;
        } else {
            addChild(added);
        }
        return added;
    }

    /** Removes a child, which has become {@linkplain #isEmpty empty}. */
    @SuppressWarnings("ReferenceEquality") // this very node
    void removeBranch(LevelNode child) {
        if (any == child) {
            any = null;
        } else {
            removeChild(child);
        }
    }

    boolean isEmpty() {
        return here == null && below == null && any == null && !hasChildren();
    }
}
