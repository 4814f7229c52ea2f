package io.gatehouse.kernel.topic;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which entries subscribed to which filters: the lookup behind every PUBLISH.
 *
 * <p>Filters without wildcards, the common case, live in one hash map from topic to entries. Filters with wildcards live in a trie, one
 * node for each level. Reads take no lock and see each filter either before or after a change. Writers exclude each other; a change
 * copies the entries of one filter only, so adding is cheap unless a single filter has very many subscribers. Any thread may call.
 *
 * @param <E> what a subscription is to the caller; compared by identity
 */
public final class SubscriptionIndex<E> {
    private static final Object[] NOBODY = {};

    private final ConcurrentHashMap<String, Object[]> exact = new ConcurrentHashMap<>();
    private final Node root = new Node();
    private final AtomicInteger wildcards = new AtomicInteger();
    private final AtomicInteger size = new AtomicInteger();

    /** Adds an entry under a valid filter. The caller sees to it that the same entry is not added twice. */
    public synchronized void add(String filter, E entry) {
        size.incrementAndGet();
        if (isExact(filter)) {
            exact.merge(filter, new Object[] {entry}, (old, _) -> appended(old, entry));
            return;
        }
        wildcards.incrementAndGet();
        Node node = root;
        int from = 0;
        for (int to = levelEnd(filter, 0); to < filter.length(); to = levelEnd(filter, from)) {
            node = node.makeChild(filter.substring(from, to));
            from = to + 1;
        }
        String last = filter.substring(from);
        if (last.equals("#")) {
            node.below = appended(node.below, entry);
        } else {
            Node leaf = node.makeChild(last);
            leaf.here = appended(leaf.here, entry);
        }
    }

    /** Removes an entry; false when it is not there. */
    public synchronized boolean remove(String filter, E entry) {
        boolean removed = change(filter, old -> without(old, entry));
        if (removed) {
            size.decrementAndGet();
            if (!isExact(filter)) {
                wildcards.decrementAndGet();
            }
        }
        return removed;
    }

    /** Puts an entry in the place of another, so that each search finds one of the two; false when the other is not there. */
    public synchronized boolean replace(String filter, E old, E replacement) {
        return change(filter, entries -> swapped(entries, old, replacement));
    }

    /** The number of entries. */
    public int size() {
        return size.get();
    }

    /** Appends to {@code matches} all entries whose filter selects this topic name (MQTT 5.0 section 4.7). */
    public void match(String topic, Matches<E> matches) {
        Object[] direct = exact.get(topic);
        if (direct != null) {
            matches.addAll(direct);
        }
        if (wildcards.get() > 0) {
            matches.beginWildcards();
            walk(root, topic, 0, matches, topic.startsWith("$"));
        }
    }

    /** True when the filter has no wildcard, so that it selects just the topic of the same name. */
    static boolean isExact(String filter) {
        return filter.indexOf('+') < 0 && filter.indexOf('#') < 0;
    }

    private static int levelEnd(String filter, int from) {
        int slash = filter.indexOf('/', from);
        return slash < 0 ? filter.length() : slash;
    }

    /** A leading wildcard does not select topics that begin with a dollar sign (MQTT 5.0 section 4.7.2). */
    private void walk(Node node, String topic, int from, Matches<E> matches, boolean dollar) {
        boolean hidden = dollar && from == 0;
        if (!hidden) {
            matches.addAll(node.below);
        }
        int to = levelEnd(topic, from);
        Node child = node.child(topic, from, to);
        if (child != null) {
            descend(child, topic, to, matches);
        }
        Node any = node.any;
        if (any != null && !hidden) {
            descend(any, topic, to, matches);
        }
    }

    private void descend(Node child, String topic, int to, Matches<E> matches) {
        if (to == topic.length()) {
            matches.addAll(child.here);
            matches.addAll(child.below); // "a/#" selects "a" too
        } else {
            walk(child, topic, to + 1, matches, false);
        }
    }

    /** Applies a change to the entries of one filter; false when it left them as they were. */
    @SuppressWarnings("ReferenceEquality") // a change that finds nothing returns the same array
    private boolean change(String filter, UnaryOperator<Object[]> change) {
        if (!isExact(filter)) {
            return change(root, filter, 0, change);
        }
        Object[] old = exact.get(filter);
        if (old == null) {
            return false;
        }
        Object[] changed = change.apply(old);
        if (changed.length == 0) {
            exact.remove(filter);
        } else {
            exact.put(filter, changed);
        }
        return changed != old;
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private boolean change(Node node, String filter, int from, UnaryOperator<Object[]> change) {
        int to = levelEnd(filter, from);
        String level = filter.substring(from, to);
        if (level.equals("#")) {
            Object[] old = node.below;
            node.below = change.apply(old);
            return node.below != old;
        }
        Node child = level.equals("+") ? node.any : node.child(filter, from, to);
        if (child == null) {
            return false;
        }
        boolean changed;
        if (to == filter.length()) {
            Object[] old = child.here;
            child.here = change.apply(old);
            changed = child.here != old;
        } else {
            changed = change(child, filter, to + 1, change);
        }
        if (child.isEmpty()) {
            node.removeChild(level);
        }
        return changed;
    }

    private static Object[] appended(Object[] old, Object entry) {
        Object[] more = Arrays.copyOf(old, old.length + 1);
        more[old.length] = entry;
        return more;
    }

    @SuppressWarnings("ReferenceEquality") // entries are compared by identity, as the class says
    private static Object[] without(Object[] old, Object entry) {
        for (int i = 0; i < old.length; i++) {
            if (old[i] == entry) {
                if (old.length == 1) {
                    return NOBODY;
                }
                Object[] rest = Arrays.copyOf(old, old.length - 1);
                System.arraycopy(old, i + 1, rest, i, rest.length - i);
                return rest;
            }
        }
        return old;
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private static Object[] swapped(Object[] old, Object entry, Object replacement) {
        for (int i = 0; i < old.length; i++) {
            if (old[i] == entry) {
                Object[] changed = old.clone();
                changed[i] = replacement;
                return changed;
            }
        }
        return old;
    }

    /** One level of the trie. Readers see each field change atomically; only writers, under the index's monitor, change them. */
    private static final class Node {
        private volatile Object[] here = NOBODY;
        private volatile Object[] below = NOBODY;
        private volatile @Nullable Node any;
        private volatile @Nullable ConcurrentHashMap<String, Node> named;

        @Nullable
        Node child(String topic, int from, int to) {
            ConcurrentHashMap<String, Node> children = named;
            return children == null ? null : children.get(topic.substring(from, to));
        }

        Node makeChild(String level) {
            if (level.equals("+")) {
                Node existing = any;
                if (existing == null) {
                    existing = new Node();
                    any = existing;
                }
                return existing;
            }
            ConcurrentHashMap<String, Node> children = named;
            if (children == null) {
                children = new ConcurrentHashMap<>(2);
                named = children;
            }
            return children.computeIfAbsent(level, _ -> new Node());
        }

        void removeChild(String level) {
            if (level.equals("+")) {
                any = null;
                return;
            }
            ConcurrentHashMap<String, Node> children = named;
            if (children != null) {
                children.remove(level);
                if (children.isEmpty()) {
                    named = null;
                }
            }
        }

        boolean isEmpty() {
            return here.length == 0 && below.length == 0 && any == null && named == null;
        }
    }
}
