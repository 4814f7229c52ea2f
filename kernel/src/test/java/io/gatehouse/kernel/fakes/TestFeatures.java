package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.config.AutoSubscription;
import io.gatehouse.kernel.config.DelayedConfig;
import io.gatehouse.kernel.config.FeaturesConfig;
import io.gatehouse.kernel.config.SharedStrategy;
import io.gatehouse.kernel.config.SysConfig;
import io.gatehouse.kernel.regex.BoundedRegex;
import io.gatehouse.kernel.topic.NameTemplate;
import io.gatehouse.kernel.topic.RewriteRule;
import io.gatehouse.kernel.topic.RewriteRules;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.Arrays;
import java.util.List;

/** Features for tests: the default with one of them otherwise. */
public final class TestFeatures {
    /** {@code $exclusive} is on. */
    public static final FeaturesConfig EXCLUSIVE =
            with(true, SysConfig.DEFAULT, DelayedConfig.DEFAULT, RewriteRules.NONE);

    private TestFeatures() {}

    public static FeaturesConfig sys(SysConfig sys) {
        return with(false, sys, DelayedConfig.DEFAULT, RewriteRules.NONE);
    }

    public static FeaturesConfig delayed(DelayedConfig delayed) {
        return with(false, SysConfig.DEFAULT, delayed, RewriteRules.NONE);
    }

    /** Rules for everything; {@code $exclusive} is on. */
    public static FeaturesConfig rewrite(RewriteRule... rules) {
        return with(true, SysConfig.DEFAULT, DelayedConfig.DEFAULT, new RewriteRules(List.of(rules), List.of(rules)));
    }

    public static RewriteRule rule(String source, String pattern, String replacement) {
        BoundedRegex regex = BoundedRegex.compile(pattern, RewriteRule.PATTERN_BOUNDS);
        return new RewriteRule(source, regex, NameTemplate.withGroups(replacement, regex.groups()));
    }

    public static FeaturesConfig autoSubscribe(Subscription... given) {
        return new FeaturesConfig(
                false,
                SharedStrategy.ROUND_ROBIN,
                SysConfig.DEFAULT,
                DelayedConfig.DEFAULT,
                RewriteRules.NONE,
                Arrays.stream(given)
                        .map(one -> new AutoSubscription(NameTemplate.of(one.filter()), one))
                        .toList());
    }

    private static FeaturesConfig with(boolean exclusive, SysConfig sys, DelayedConfig delayed, RewriteRules rewrite) {
        return new FeaturesConfig(exclusive, SharedStrategy.ROUND_ROBIN, sys, delayed, rewrite, List.of());
    }
}
