package io.gatehouse.kernel.topic;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values by topic name, found again by topic filter: the retained messages. The counterpart of {@link SubscriptionIndex}, which finds
 * filters by topic. Any thread may call; a search sees each value either before or after a change that happens meanwhile.
 *
 * @param <V> the values
 */
public final class TopicTree<V> {
    private final Node<V> root = new Node<>();
    private final AtomicInteger size = new AtomicInteger();

    /** Puts a value in place of the old one, which is returned, null when there was none. */
    public synchronized @Nullable V put(String topic, V value) {
        Node<V> node = root;
        for (int from = 0; from <= topic.length(); ) {
            int to = levelEnd(topic, from);
            node = node.children.computeIfAbsent(topic.substring(from, to), _ -> new Node<>());
            from = to + 1;
        }
        V old = node.value;
        node.value = value;
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
            int to = levelEnd(topic, from);
            node = node.children.get(topic.substring(from, to));
            from = to + 1;
        }
        return node == null ? null : node.value;
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
        int to = levelEnd(filter, from);
        String level = filter.substring(from, to);
        switch (level) {
            case "#" -> {
                if (node != root) {
                    accept(node, found); // "a/#" selects "a" too
                }
                node.forEachChild(node == root, child -> subtree(child, found));
            }
            case "+" -> node.forEachChild(node == root, child -> match(child, filter, to + 1, found));
            default -> {
                Node<V> child = node.children.get(level);
                if (child != null) {
                    match(child, filter, to + 1, found);
                }
            }
        }
    }

    private void subtree(Node<V> node, Consumer<V> found) {
        accept(node, found);
        node.forEachChild(false, child -> subtree(child, found));
    }

    private static <V> void accept(Node<V> node, Consumer<V> found) {
        V value = node.value;
        if (value != null) {
            found.accept(value);
        }
    }

    private @Nullable V remove(Node<V> node, String topic, int from) {
        int to = levelEnd(topic, from);
        String level = topic.substring(from, to);
        Node<V> child = node.children.get(level);
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
        if (child.value == null && child.children.isEmpty()) {
            node.children.remove(level);
        }
        return old;
    }

    private static int levelEnd(String topic, int from) {
        int slash = topic.indexOf('/', from);
        return slash < 0 ? topic.length() : slash;
    }

    /** One level of the tree. Levels are bounded by {@code mqtt.max-topic-levels}, so recursion is shallow. */
    private static final class Node<V> {
        private final ConcurrentHashMap<String, Node<V>> children = new ConcurrentHashMap<>(2);
        private volatile @Nullable V value;

        /** A wildcard at the first level passes over topics that begin with a dollar sign (MQTT 5.0 section 4.7.2). */
        void forEachChild(boolean hideDollar, Consumer<Node<V>> visitor) {
            children.forEach((level, child) -> {
                if (!hideDollar || !level.startsWith("$")) {
                    visitor.accept(child);
                }
            });
        }
    }
}
