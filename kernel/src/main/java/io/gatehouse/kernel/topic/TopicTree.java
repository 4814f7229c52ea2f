package io.gatehouse.kernel.topic;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values by topic name, found again by topic filter: the retained messages. The counterpart of {@link SubscriptionIndex}, which finds
 * filters by topic. Any thread may call; a search sees each value either before or after a change that happens meanwhile.
 *
 * @param <V> the values
 */
public final class TopicTree<V> {
    private final Node<V> root = new Node<>("", 0, 0);
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong changes = new AtomicLong();

    /** Puts a value in place of the old one, which is returned, null when there was none. */
    public synchronized @Nullable V put(String topic, V value) {
        Node<V> node = root;
        for (int from = 0; from <= topic.length(); ) {
            int to = Level.end(topic, from);
            node = node.makeChild(topic, from, to);
            from = to + 1;
        }
        V old = node.value;
        node.value = value;
        changed();
        if (old == null) {
            size.incrementAndGet();
        }
        return old;
    }

    /** Removes and returns the value of this topic, null when there was none. */
    public synchronized @Nullable V remove(String topic) {
        V old = remove(root, topic, 0);
        if (old != null) {
            changed();
            size.decrementAndGet();
        }
        return old;
    }

    /** Removes the value of this topic if it is still this one; true when it was. A search that is under way may call. */
    @SuppressWarnings("ReferenceEquality") // this very value, not one that looks the same
    public synchronized boolean remove(String topic, V value) {
        return get(topic) == value && remove(topic) != null;
    }

    /** The value of this topic, null when there is none. */
    public @Nullable V get(String topic) {
        Node<V> node = root;
        for (int from = 0; from <= topic.length() && node != null; ) {
            int to = Level.end(topic, from);
            node = node.child(topic, from, to);
            from = to + 1;
        }
        return node == null ? null : node.value;
    }

    /** After a change, by whoever has the lock: nobody else counts. */
    private void changed() {
        changes.setRelease(changes.getPlain() + 1);
    }

    /** A number that grows with every change. */
    public long changes() {
        return changes.getAcquire();
    }

    /** The number of values. */
    public int size() {
        return size.get();
    }

    /** Hands every value whose topic the filter selects to {@code found}, in no particular order. */
    public void match(String filter, Consumer<V> found) {
        match(root, filter, 0, found);
    }

    /** Hands every value to {@code visitor}, in no particular order. */
    public void forEach(Consumer<V> visitor) {
        subtree(root, visitor);
    }

    private void match(Node<V> node, String filter, int from, Consumer<V> found) {
        if (from > filter.length()) {
            accept(node, found);
            return;
        }
        int to = Level.end(filter, from);
        if (Level.is('#', filter, from, to)) {
            if (from > 0) {
                accept(node, found); // "a/#" selects "a" too
            }
            forEachChild(node, from == 0, child -> subtree(child, found));
        } else if (Level.is('+', filter, from, to)) {
            forEachChild(node, from == 0, child -> match(child, filter, to + 1, found));
        } else {
            Node<V> child = node.child(filter, from, to);
            if (child != null) {
                match(child, filter, to + 1, found);
            }
        }
    }

    private void subtree(Node<V> node, Consumer<V> found) {
        accept(node, found);
        node.forEachChild(child -> subtree(child, found));
    }

    /** A wildcard at the first level passes over topics that begin with a dollar sign (MQTT 5.0 section 4.7.2). */
    private static <V> void forEachChild(Node<V> node, boolean hideDollar, Consumer<Node<V>> visitor) {
        node.forEachChild(child -> {
            if (!hideDollar || !child.beginsWithDollar()) {
                visitor.accept(child);
            }
        });
    }

    private static <V> void accept(Node<V> node, Consumer<V> found) {
        V value = node.value;
        if (value != null) {
            found.accept(value);
        }
    }

    private @Nullable V remove(Node<V> node, String topic, int from) {
        int to = Level.end(topic, from);
        Node<V> child = node.child(topic, from, to);
        if (child == null) {
            return null;
        }
        V old;
        if (to == topic.length()) {
            old = child.value;
            child.value = null;
        } else {
            old = remove(child, topic, to + 1);
        }
        if (child.value == null && !child.hasChildren()) {
            node.removeChild(child);
        }
        return old;
    }

    /** One level of the tree. Levels are bounded by {@code mqtt.max-topic-levels}, so recursion is shallow. */
    private static final class Node<V> extends NamedNode<Node<V>> {
        private volatile @Nullable V value;

        Node(String topic, int from, int to) {
            super(topic, from, to);
        }

        Node<V> makeChild(String topic, int from, int to) {
            Node<V> present = child(topic, from, to);
            if (present == null) {
                present = new Node<>(topic, from, to);
                addChild(present);
            }
            return present;
        }
    }
}
