package io.gatehouse.kernel.security;

import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.TopicFilters;
import java.util.List;

/**
 * Reads the rules that an authenticator attached to a client: in order, the first that matches decides.
 *
 * <p>A subscription selects many topics, so a rule can speak about all of them, some or none. Permitting takes all: the rule's filter
 * must cover the requested one. Denying takes some: a subscription that could select a single denied topic is denied, because no later
 * look would keep that topic's messages from the subscriber. The retain condition speaks about publications only.
 */
final class AclRules {
    private AclRules() {}

    static Decision decide(List<AclRule> rules, Action action) {
        for (int i = 0; i < rules.size(); i++) {
            AclRule rule = rules.get(i);
            if (speaksAbout(rule, action)) {
                return rule.permit() ? Decision.ALLOW : Decision.DENY;
            }
        }
        return Decision.ABSTAIN;
    }

    private static boolean speaksAbout(AclRule rule, Action action) {
        if (!rule.qos().isEmpty() && !rule.qos().contains(action.qos())) {
            return false;
        }
        return switch (action) {
            case Action.Publish publish ->
                concerns(rule, AclRule.Kind.PUBLISH)
                        && rule.retain().orElse(publish.retain()) == publish.retain()
                        && TopicFilters.matches(rule.topicFilter(), publish.topic());
            case Action.Subscribe subscribe ->
                concerns(rule, AclRule.Kind.SUBSCRIBE)
                        && (rule.permit()
                                ? TopicFilters.covers(rule.topicFilter(), subscribe.topic())
                                : TopicFilters.overlaps(rule.topicFilter(), subscribe.topic()));
        };
    }

    private static boolean concerns(AclRule rule, AclRule.Kind kind) {
        return rule.kinds().isEmpty() || rule.kinds().contains(kind);
    }
}
