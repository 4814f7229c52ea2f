package io.gatehouse.kernel.topic;

import io.gatehouse.kernel.topic.TopicTree.Node;
import org.jspecify.annotations.Nullable;

/**
 * A search in a {@link TopicTree} that goes on where it stopped, in no particular order: it finds each value that is there from its beginning
 * to its end, and none that was put later. It may rest for as long as its user likes, and remembers a few words for each level meanwhile. One
 * thread at a time may use it; the tree may change at any time.
 *
 * @param <V> the values
 */
public final class TopicSearch<V> {
    /** Instead of a place in the filter: it has been matched, and selects everything that begins so. */
    private static final int BELOW = -1;

    private final String filter;
    private final boolean hidesDollar;
    private final long began;

    /** The node whose children are being visited; null when there is none. */
    private @Nullable Branch<V> branch;

    private @Nullable Node<V> first;

    /**
     * A search that has not found anything yet.
     *
     * @param hidesDollar a wildcard at the first level passes over topics that begin with a dollar sign (MQTT 5.0 section 4.7.2)
     * @param began the last change of the tree that it sees
     */
    TopicSearch(Node<V> root, String filter, boolean hidesDollar, long began) {
        this.filter = filter;
        this.hidesDollar = hidesDollar && isWildcard(0);
        this.began = began;
        this.first = enter(root, 0, Steps.ALL);
    }

    /** The next value; null when there is none, or when no step is left. A filter without wildcards takes none. */
    public @Nullable V next(Steps steps) {
        V value = first == null ? null : value(first);
        first = null;
        for (Branch<V> at = branch; value == null && at != null; at = branch) {
            Node<V> child = at.next(steps);
            if (child != null) {
                value = isHidden(at, child) ? null : visit(child, at.from, steps);
            } else if (at.isOver()) {
                branch = at.above;
            } else {
                return null;
            }
        }
        return value;
    }

    /** True when there is nothing more to find. */
    public boolean isOver() {
        return branch == null && first == null;
    }

    private boolean isHidden(Branch<V> at, Node<V> child) {
        return hidesDollar && at.above == null && child.beginsWithDollar();
    }

    private @Nullable V visit(Node<V> child, int from, Steps steps) {
        Node<V> selected = enter(child, from, steps);
        return selected == null ? null : value(selected);
    }

    /**
     * Goes down from a node as far as the filter has no wildcards, and notes what is below that.
     *
     * @param place where the filter says what is selected below the node
     * @param steps charged, but it does not stop for want of one
     * @return the node that is selected itself, null for none
     */
    private @Nullable Node<V> enter(Node<V> from, int place, Steps steps) {
        Node<V> node = from;
        int at = place;
        while (at != BELOW && at <= filter.length() && !isWildcard(at)) {
            int to = Level.end(filter, at);
            node = node.child(filter, at, to);
            if (node == null) {
                return null;
            }
            at = to + 1;
            steps.take();
        }
        if (at > filter.length()) {
            return node;
        }
        boolean all = at == BELOW || filter.charAt(at) == '#';
        if (node.hasChildren()) {
            push(node, all ? BELOW : at + 2);
        }
        return all ? node : null; // "a/#" selects "a" too
    }

    private boolean isWildcard(int at) {
        return at < filter.length() && (filter.charAt(at) == '+' || filter.charAt(at) == '#');
    }

    private void push(Node<V> node, int from) {
        Branch<V> pushed = branch == null ? new Branch<>(null) : branch.below();
        pushed.begin(node);
        pushed.from = from;
        branch = pushed;
    }

    /** What was put since the search began may be found in another way already. */
    private @Nullable V value(Node<V> node) {
        V value = node.value; // before its number: the number may be a later one's, never an earlier one's
        return value != null && node.changed <= began ? value : null;
    }

    /** A node whose children are being visited. */
    private static final class Branch<V> extends ChildCursor<Node<V>> {
        private final @Nullable Branch<V> above;

        /** Made when it is needed first, and used again. */
        private @Nullable Branch<V> below;

        /** The place in the filter behind that of the children. */
        private int from;

        Branch(@Nullable Branch<V> above) {
            this.above = above;
        }

        Branch<V> below() {
            Branch<V> made = below == null ? new Branch<>(this) : below;
            below = made;
            return made;
        }
    }
}
