package io.gatehouse.kernel.topic;

import io.gatehouse.kernel.regex.BoundedRegex;
import io.gatehouse.sdk.mqtt.TopicFilters;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One rule that gives another name to topics.
 *
 * @param source only names that this filter covers are looked at
 * @param pattern only names in which it is found are rewritten
 * @param replacement the whole new name
 */
public record RewriteRule(String source, BoundedRegex pattern, NameTemplate replacement) {
    /** What a pattern may be. */
    public static final BoundedRegex.Bounds PATTERN_BOUNDS = new BoundedRegex.Bounds(512, 1_000);

    /** What one rule after the other makes of a name; null when one of them cannot be followed. */
    public static @Nullable String rewrite(
            List<RewriteRule> rules, String name, String clientId, @Nullable String username) {
        String rewritten = name;
        for (int i = 0; i < rules.size() && rewritten != null; i++) {
            rewritten = rules.get(i).rewrite(rewritten, clientId, username);
        }
        return rewritten;
    }

    /**
     * The new name of a topic, or of a filter without prefix; the old one when the rule is not for it. Null when it is and cannot be
     * followed: the name is too long to be searched, or the client has no usable name where one is needed.
     */
    @Nullable
    String rewrite(String name, String clientId, @Nullable String username) {
        if (!TopicFilters.covers(source, name)) {
            return name;
        }
        if (!BoundedRegex.canSearch(name)) {
            return null;
        }
        IntFunction<String> groups = pattern.find(name);
        return groups == null ? name : replacement.fill(clientId, username, groups);
    }
}
