package io.gatehouse.kernel.topic;

import org.jspecify.annotations.Nullable;

/**
 * A shared subscription's filter taken apart (MQTT 5.0 section 4.8.2): {@code $share/group/filter}.
 *
 * @param group the share name
 * @param filter the topic filter that the group shares
 */
public record SharedFilter(String group, String filter) {
    private static final String PREFIX = "$share/";

    /** True when the filter asks for a shared subscription, well-formed or not. */
    public static boolean isShared(String filter) {
        return filter.startsWith(PREFIX) || filter.equals("$share");
    }

    /** The parts of a shared filter, null when the share name or the filter is missing or malformed. */
    public static @Nullable SharedFilter parse(String filter) {
        int slash = filter.indexOf('/', PREFIX.length());
        if (!filter.startsWith(PREFIX) || slash <= PREFIX.length() || slash == filter.length() - 1) {
            return null;
        }
        String group = filter.substring(PREFIX.length(), slash);
        return SubscriptionIndex.isExact(group) ? new SharedFilter(group, filter.substring(slash + 1)) : null;
    }

    /** The filter that selects topics: of a shared filter the part behind the group, of any other the filter itself. */
    public static String plain(String filter) {
        SharedFilter shared = parse(filter);
        return shared == null ? filter : shared.filter();
    }
}
