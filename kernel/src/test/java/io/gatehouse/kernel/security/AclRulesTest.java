package io.gatehouse.kernel.security;

import static io.gatehouse.sdk.authz.AclRule.Kind.PUBLISH;
import static io.gatehouse.sdk.authz.AclRule.Kind.SUBSCRIBE;
import static io.gatehouse.sdk.authz.Decision.ABSTAIN;
import static io.gatehouse.sdk.authz.Decision.ALLOW;
import static io.gatehouse.sdk.authz.Decision.DENY;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AclRulesTest {

    private static Decision publish(String topic, AclRule... rules) {
        return AclRules.decide(List.of(rules), new Action.Publish(topic, Qos.AT_LEAST_ONCE, false));
    }

    private static Decision subscribe(String filter, AclRule... rules) {
        return AclRules.decide(List.of(rules), new Action.Subscribe(filter, Qos.AT_LEAST_ONCE));
    }

    private static AclRule rule(boolean permit, Set<Qos> qos, Optional<Boolean> retain) {
        return new AclRule(permit, Set.of(), "#", qos, retain);
    }

    @Test
    void abstainsWhenNoRuleMatches() {
        assertThat(publish("a")).isEqualTo(ABSTAIN);
        assertThat(publish("a", AclRule.allow("b"), AclRule.deny("c"))).isEqualTo(ABSTAIN);
    }

    @Test
    void letsTheFirstMatchDecide() {
        assertThat(publish("a/b", AclRule.deny("a/b"), AclRule.allow("a/#"))).isEqualTo(DENY);
        assertThat(publish("a/b", AclRule.allow("a/#"), AclRule.deny("a/b"))).isEqualTo(ALLOW);
    }

    @Test
    void looksAtTheKind() {
        assertThat(publish("a", AclRule.allow("a", SUBSCRIBE))).isEqualTo(ABSTAIN);
        assertThat(publish("a", AclRule.allow("a", PUBLISH))).isEqualTo(ALLOW);
        assertThat(subscribe("a", AclRule.allow("a", PUBLISH))).isEqualTo(ABSTAIN);
        assertThat(subscribe("a", AclRule.allow("a", SUBSCRIBE, PUBLISH))).isEqualTo(ALLOW);
    }

    @Test
    void allowsASubscriptionOnlyWhenAllOfItIsCovered() {
        assertThat(subscribe("a/+", AclRule.allow("a/#"))).isEqualTo(ALLOW);
        assertThat(subscribe("a/#", AclRule.allow("a/+"))).isEqualTo(ABSTAIN);
        assertThat(subscribe("#", AclRule.allow("a/#"))).isEqualTo(ABSTAIN);
        assertThat(subscribe("$SYS/x", AclRule.allow("#"))).isEqualTo(ABSTAIN);
    }

    @Test
    void deniesASubscriptionThatCouldSelectADeniedTopic() {
        AclRule secret = AclRule.deny("a/secret");
        AclRule rest = AclRule.allow("#");
        assertThat(subscribe("a/secret", secret, rest)).isEqualTo(DENY);
        assertThat(subscribe("a/+", secret, rest)).isEqualTo(DENY);
        assertThat(subscribe("#", secret, rest)).isEqualTo(DENY);
        assertThat(subscribe("a/open", secret, rest)).isEqualTo(ALLOW);
        assertThat(subscribe("#", AclRule.deny("$SYS/#"), rest)).isEqualTo(ALLOW);
    }

    @Test
    void looksAtTheQos() {
        AclRule once = rule(true, Set.of(Qos.AT_LEAST_ONCE), Optional.empty());
        AclRule twice = rule(true, Set.of(Qos.EXACTLY_ONCE), Optional.empty());
        assertThat(publish("a", once)).isEqualTo(ALLOW);
        assertThat(publish("a", twice)).isEqualTo(ABSTAIN);
        assertThat(subscribe("a", twice)).isEqualTo(ABSTAIN);
        assertThat(subscribe("a", twice, once)).isEqualTo(ALLOW);
    }

    @Test
    void looksAtRetainOfPublicationsOnly() {
        AclRule retained = rule(false, Set.of(), Optional.of(true));
        AclRule plain = rule(false, Set.of(), Optional.of(false));
        assertThat(publish("a", retained)).isEqualTo(ABSTAIN);
        assertThat(publish("a", plain)).isEqualTo(DENY);
        assertThat(subscribe("a", retained)).isEqualTo(DENY);
    }
}
