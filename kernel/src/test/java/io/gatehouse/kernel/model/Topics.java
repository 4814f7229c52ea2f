package io.gatehouse.kernel.model;

import java.util.Arrays;
import java.util.List;

/** Which topics a filter selects, as the specification says it (MQTT 5.0 section 4.7). */
final class Topics {
    private static final String SHARE = "$share/";

    private Topics() {}

    static boolean isShared(String filter) {
        return filter.startsWith(SHARE);
    }

    /** The filter behind the share name, or the filter itself. */
    static String plain(String filter) {
        return isShared(filter) ? filter.substring(filter.indexOf('/', SHARE.length()) + 1) : filter;
    }

    static boolean selects(String filter, String topic) {
        boolean wild = filter.startsWith("+") || filter.startsWith("#");
        return !(wild && topic.startsWith("$")) && selects(levels(filter), levels(topic));
    }

    private static boolean selects(List<String> filter, List<String> topic) {
        if (filter.equals(List.of("#"))) {
            return true;
        }
        if (filter.isEmpty() || topic.isEmpty()) {
            return filter.isEmpty() && topic.isEmpty();
        }
        boolean first = filter.getFirst().equals("+") || filter.getFirst().equals(topic.getFirst());
        return first && selects(filter.subList(1, filter.size()), topic.subList(1, topic.size()));
    }

    private static List<String> levels(String text) {
        return Arrays.asList(text.split("/", -1));
    }
}
