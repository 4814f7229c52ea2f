package io.gatehouse.kernel.topic;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Values by topic name, found again by topic filter: the retained messages. The counterpart of {@link SubscriptionIndex}, which finds
 * filters by topic. Any thread may call; {@link TopicSearch} says what a search sees of changes that happen meanwhile.
 *
 * @param <V> the values
 */
public final class TopicTree<V> {
    private final Node<V> root = new Node<>("", 0, 0);
    private final AtomicInteger size = new AtomicInteger();

    /** The number of the last value that was put; whoever has the lock counts. */
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
        long change = changes.getPlain() + 1;
        node.changed = change;
        node.value = value;
        changes.setRelease(change);
        if (old == null) {
            size.incrementAndGet();
        }
        return old;
    }

    /** Removes and returns the value of this topic, null when there was none. */
    public synchronized @Nullable V remove(String topic) {
        V old = remove(root, topic, 0);
        if (old != null) {
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

    /** The number of values. */
    public int size() {
        return size.get();
    }

    /** A search for the values whose topics the filter selects. */
    public TopicSearch<V> search(String filter) {
        return new TopicSearch<>(root, filter, true, changes.getAcquire());
    }

    /** A search for all values. */
    public TopicSearch<V> searchAll() {
        return new TopicSearch<>(root, "#", false, changes.getAcquire());
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
    static final class Node<V> extends NamedNode<Node<V>> {
        /** The number of the change that put the present value, or is about to; written before it. */
        volatile long changed;

        volatile @Nullable V value;

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
