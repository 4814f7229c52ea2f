package io.gatehouse.kernel.topic;

import org.jspecify.annotations.Nullable;

/**
 * A shared subscription's filter taken apart (MQTT 5.0 section 4.8.2): {@code $share/group/filter}, or {@code $queue/filter}, which is
 * shared by all who write it so.
 *
 * @param group the share name; empty for the one group of {@code $queue}, so that no client's group can be meant by it
 * @param filter the topic filter that the group shares
 */
public record SharedFilter(String group, String filter) {
    private static final String PREFIX = "$share/";
    private static final String QUEUE = "$queue/";

    /** True when the filter asks for a shared subscription, well-formed or not. */
    public static boolean isShared(String filter) {
        return FilterPrefix.isFirstLevel("$share", filter) || FilterPrefix.isFirstLevel("$queue", filter);
    }

    /** The parts of a shared filter, null when the share name or the filter is missing or malformed. */
    public static @Nullable SharedFilter parse(String filter) {
        if (filter.startsWith(QUEUE)) {
            return filter.length() == QUEUE.length() ? null : new SharedFilter("", filter.substring(QUEUE.length()));
        }
        int slash = filter.indexOf('/', PREFIX.length());
        if (!filter.startsWith(PREFIX) || slash <= PREFIX.length() || slash == filter.length() - 1) {
            return null;
        }
        String group = filter.substring(PREFIX.length(), slash);
        return SubscriptionIndex.isExact(group) ? new SharedFilter(group, filter.substring(slash + 1)) : null;
    }
}
