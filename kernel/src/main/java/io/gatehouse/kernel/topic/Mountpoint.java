package io.gatehouse.kernel.topic;

import io.gatehouse.sdk.mqtt.TopicFilters;
import org.jspecify.annotations.Nullable;

/**
 * The place in the tree of topics that is all there is for some clients: it stands before every name they use and is taken off every
 * name they see. Behind it there are no topics that begin with {@code $}: those are the broker's own, and a wildcard would select them
 * as soon as something stood before them.
 *
 * @param prefix ends with a slash and has no wildcard; empty for clients that see the whole tree
 */
public record Mountpoint(String prefix) {
    /** The whole tree. */
    public static final Mountpoint NONE = new Mountpoint("");

    /** A name of so few characters is short enough whatever it is made of: a character takes three bytes at most. */
    private static final int SURELY_SHORT = 65_535 / 3;

    /** True for clients that see the whole tree. */
    public boolean isNone() {
        return prefix.isEmpty();
    }

    /** The name in the whole tree of a topic, or of a filter without prefix. */
    public String mounted(String topic) {
        return prefix.isEmpty() ? topic : prefix.concat(topic);
    }

    /** The filter in the whole tree; what stands before it, such as {@code $share/group/}, stays before it. */
    public String mountedFilter(String filter) {
        return prefix.isEmpty() ? filter : FilterPrefix.of(filter) + prefix + FilterPrefix.plain(filter);
    }

    /** The topic as the client knows it, null when it is not for this client. */
    public @Nullable String unmounted(String topic) {
        if (prefix.isEmpty()) {
            return topic;
        }
        int length = prefix.length();
        boolean inside = topic.length() > length && topic.startsWith(prefix) && topic.charAt(length) != '$';
        return inside ? topic.substring(length) : null;
    }

    /** Undoes {@link #mountedFilter}. */
    public String unmountedFilter(String filter) {
        return prefix.isEmpty()
                ? filter
                : FilterPrefix.of(filter) + FilterPrefix.plain(filter).substring(prefix.length());
    }

    /** True when a client may use this name: it does not begin with {@code $}, and is not too long for MQTT in the whole tree. */
    public boolean takes(String topicOrPlainFilter) {
        return prefix.isEmpty() || (!topicOrPlainFilter.startsWith("$") && isShortEnough(topicOrPlainFilter));
    }

    private boolean isShortEnough(String topic) {
        return prefix.length() + topic.length() <= SURELY_SHORT || TopicFilters.isValidFilter(prefix.concat(topic));
    }
}
