package io.gatehouse.kernel.bench;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Topics and filters of the clients, from templates with {@code %i} and {@code %c}. */
final class Topics {
    private static final Pattern PLACEHOLDER_LEVEL = Pattern.compile("[^/]*%[ic][^/]*");

    private final BenchPlan.Traffic traffic;

    Topics(BenchPlan.Traffic traffic) {
        this.traffic = traffic;
    }

    /** What this publisher publishes to. */
    String topic(int number, String clientId) {
        return fill(traffic.topic(), number, clientId);
    }

    /** What this subscriber subscribes to; its own topic when there is a pair. */
    String filter(boolean pair, int number, String clientId, String partnerId) {
        String group = traffic.group();
        return (group == null ? "" : "$share/" + group + "/") + plainFilter(pair, number, clientId, partnerId);
    }

    private String plainFilter(boolean pair, int number, String clientId, String partnerId) {
        @Nullable String filter = traffic.filter();
        if (filter != null) {
            return fill(filter, number, clientId);
        }
        return pair
                ? topic(number, partnerId)
                : PLACEHOLDER_LEVEL.matcher(traffic.topic()).replaceAll("+");
    }

    private static String fill(String template, int number, String clientId) {
        return template.replace("%i", Integer.toString(number)).replace("%c", clientId);
    }
}
