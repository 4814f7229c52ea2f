package io.gatehouse.kernel.topic;

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
 * @param <E> what a subscription is to the caller; compared by identity, and no array
 */
public final class SubscriptionIndex<E> {
    /** The {@link Entries} of each filter without wildcards. */
    private final ConcurrentHashMap<String, Object> exact = new ConcurrentHashMap<>();

    private final LevelNode root = new LevelNode("", 0, 0);
    private final AtomicInteger wildcards = new AtomicInteger();
    private final AtomicInteger size = new AtomicInteger();

    /** Adds an entry under a valid filter. The caller sees to it that the same entry is not added twice. */
    public synchronized void add(String filter, E entry) {
        size.incrementAndGet();
        if (isExact(filter)) {
            Object old = exact.putIfAbsent(filter, entry);
            if (old != null) {
                exact.put(filter, Entries.with(old, entry));
            }
            return;
        }
        wildcards.incrementAndGet();
        LevelNode node = root;
        int from = 0;
        for (int to = Level.end(filter, 0); to < filter.length(); to = Level.end(filter, from)) {
            node = node.makeBranch(filter, from, to);
            from = to + 1;
        }
        if (Level.is('#', filter, from, filter.length())) {
            node.below = Entries.with(node.below, entry);
        } else {
            LevelNode leaf = node.makeBranch(filter, from, filter.length());
            leaf.here = Entries.with(leaf.here, entry);
        }
    }

    /** Removes an entry; false when it is not there. */
    public synchronized boolean remove(String filter, E entry) {
        boolean removed = change(filter, old -> Entries.without(old, entry));
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
        return change(filter, entries -> Entries.replaced(entries, old, replacement));
    }

    /** The number of entries. */
    public int size() {
        return size.get();
    }

    /** Appends to {@code matches} all entries whose filter selects this topic name (MQTT 5.0 section 4.7). */
    public void match(String topic, Matches<E> matches) {
        Object direct = exact.get(topic);
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

    /** A leading wildcard does not select topics that begin with a dollar sign (MQTT 5.0 section 4.7.2). */
    private void walk(LevelNode node, String topic, int from, Matches<E> matches, boolean dollar) {
        boolean hidden = dollar && from == 0;
        if (!hidden) {
            matches.addAll(node.below);
        }
        int to = Level.end(topic, from);
        LevelNode child = node.child(topic, from, to);
        if (child != null) {
            descend(child, topic, to, matches);
        }
        LevelNode any = node.any();
        if (any != null && !hidden) {
            descend(any, topic, to, matches);
        }
    }

    private void descend(LevelNode child, String topic, int to, Matches<E> matches) {
        if (to == topic.length()) {
            matches.addAll(child.here);
            matches.addAll(child.below); // "a/#" selects "a" too
        } else {
            walk(child, topic, to + 1, matches, false);
        }
    }

    /** Applies a change to the entries of one filter; false when it left them as they were. */
    @SuppressWarnings("ReferenceEquality") // a change that finds nothing returns the same reference
    private boolean change(String filter, UnaryOperator<@Nullable Object> change) {
        if (!isExact(filter)) {
            return change(root, filter, 0, change);
        }
        Object old = exact.get(filter);
        Object changed = change.apply(old);
        if (changed == old) {
            return false;
        }
        if (changed == null) {
            exact.remove(filter);
        } else {
            exact.put(filter, changed);
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private boolean change(LevelNode node, String filter, int from, UnaryOperator<@Nullable Object> change) {
        int to = Level.end(filter, from);
        if (Level.is('#', filter, from, to)) {
            Object old = node.below;
            node.below = change.apply(old);
            return node.below != old;
        }
        LevelNode child = node.branch(filter, from, to);
        if (child == null) {
            return false;
        }
        boolean changed;
        if (to == filter.length()) {
            Object old = child.here;
            child.here = change.apply(old);
            changed = child.here != old;
        } else {
            changed = change(child, filter, to + 1, change);
        }
        if (child.isEmpty()) {
            node.removeBranch(child);
        }
        return changed;
    }
}
