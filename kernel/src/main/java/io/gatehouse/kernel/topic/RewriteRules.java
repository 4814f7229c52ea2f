package io.gatehouse.kernel.topic;

import java.util.List;

/**
 * The rules that give other names to topics, in their order.
 *
 * @param publish for PUBLISH and wills
 * @param subscribe for SUBSCRIBE
 */
public record RewriteRules(List<RewriteRule> publish, List<RewriteRule> subscribe) {
    /** Every topic keeps its name. */
    public static final RewriteRules NONE = new RewriteRules(List.of(), List.of());

    public RewriteRules {
        publish = List.copyOf(publish);
        subscribe = List.copyOf(subscribe);
    }
}
