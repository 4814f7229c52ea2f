package io.gatehouse.kernel.config;

import io.gatehouse.kernel.topic.RewriteRules;
import java.util.List;

/**
 * What the broker offers beyond the specification.
 *
 * @param exclusiveSubscriptions whether {@code $exclusive/{topic}} gives one client the sole right to a topic; default false
 * @param sharedStrategy which member of a shared subscription is next; default one after the other
 * @param autoSubscribe what each client is subscribed to when it connects; default nothing
 */
public record FeaturesConfig(
        boolean exclusiveSubscriptions,
        SharedStrategy sharedStrategy,
        SysConfig sys,
        DelayedConfig delayed,
        RewriteRules rewrite,
        List<AutoSubscription> autoSubscribe) {
    /** As by default. */
    public static final FeaturesConfig DEFAULT = new FeaturesConfig(
            false, SharedStrategy.ROUND_ROBIN, SysConfig.DEFAULT, DelayedConfig.DEFAULT, RewriteRules.NONE, List.of());

    public FeaturesConfig {
        autoSubscribe = List.copyOf(autoSubscribe);
    }
}
