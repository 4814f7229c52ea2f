package io.gatehouse.kernel.topic;

import io.gatehouse.sdk.mqtt.TopicFilters;
import java.util.List;

/**
 * What may stand before a topic filter and is no part of it: {@code $share/group/}, {@code $queue/} and {@code $exclusive/}. At most one
 * of them does.
 */
public final class FilterPrefix {
    /** First levels that mean something to the broker, and never select a topic. */
    private static final List<String> WORDS = List.of("$share", "$queue", "$exclusive", "$delayed");

    private static final String EXCLUSIVE = "$exclusive/";

    private FilterPrefix() {}

    /** The filter that selects topics: what stands behind the prefix, or all of it. */
    public static String plain(String filter) {
        return filter.substring(lengthIn(filter));
    }

    /** The prefix with the slash that ends it, empty when there is none. */
    public static String of(String filter) {
        return filter.substring(0, lengthIn(filter));
    }

    private static int lengthIn(String filter) {
        if (filter.isEmpty() || filter.charAt(0) != '$') {
            return 0;
        }
        if (isExclusive(filter)) {
            return EXCLUSIVE.length();
        }
        SharedFilter shared = SharedFilter.parse(filter);
        return shared == null ? 0 : filter.length() - shared.filter().length();
    }

    /** True when one client at a time may hold the filter. */
    public static boolean isExclusive(String filter) {
        return filter.startsWith(EXCLUSIVE);
    }

    /**
     * True when prefix and filter are what they have to be: a share name and a filter, or a topic that one client can have for itself,
     * and not one prefix behind another.
     */
    public static boolean isWellFormed(String filter) {
        String plain = plain(filter);
        return TopicFilters.isValidFilter(plain)
                && WORDS.stream().noneMatch(word -> isFirstLevel(word, plain))
                && !(isExclusive(filter) && TopicFilters.hasWildcard(plain));
    }

    /** True when the topic name or filter has this first level. */
    public static boolean isFirstLevel(String level, String topic) {
        return topic.startsWith(level) && (topic.length() == level.length() || topic.charAt(level.length()) == '/');
    }
}
