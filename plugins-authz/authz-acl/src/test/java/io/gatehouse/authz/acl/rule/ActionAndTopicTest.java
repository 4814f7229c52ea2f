package io.gatehouse.authz.acl.rule;

import static io.gatehouse.authz.acl.TestClient.alice;
import static io.gatehouse.authz.acl.TestClient.publish;
import static io.gatehouse.authz.acl.TestClient.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Qos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionAndTopicTest {
    @Test
    void actionSaysWhichOperations() {
        assertThat(allows("publish", publish("a"))).isTrue();
        assertThat(allows("publish", subscribe("a"))).isFalse();
        assertThat(allows("subscribe", subscribe("a"))).isTrue();
        assertThat(allows("subscribe", publish("a"))).isFalse();
        assertThat(allows("all", publish("a"))).isTrue();
        assertThat(allows("all", subscribe("a"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{publish, [{qos, 1}]}                       | false true  false",
                "{publish, {qos, 1}}                         | false true  false",
                "{publish, [{qos, [0, 2]}]}                  | true  false true",
                "{all, [{qos, [0, 1, 2]}, {retain, all}]}    | true  true  true",
            })
    void qosNarrowsAnAction(String action, String expected) {
        String[] byLevel = expected.split(" +");
        for (Qos qos : Qos.values()) {
            assertThat(allows(action, new Action.Publish("a", qos, false)))
                    .as(qos.name())
                    .isEqualTo(Boolean.parseBoolean(byLevel[qos.level()]));
        }
    }

    @Test
    void qosOfASubscriptionIsTheHighestItAsksFor() {
        assertThat(allows("{subscribe, [{qos, [0, 1]}]}", new Action.Subscribe("a", Qos.AT_LEAST_ONCE)))
                .isTrue();
        assertThat(allows("{subscribe, [{qos, [0, 1]}]}", new Action.Subscribe("a", Qos.EXACTLY_ONCE)))
                .isFalse();
    }

    @Test
    void retainNarrowsPublicationsOnly() {
        Action retained = new Action.Publish("a", Qos.AT_MOST_ONCE, true);
        assertThat(allows("{publish, [{retain, true}]}", retained)).isTrue();
        assertThat(allows("{publish, [{retain, true}]}", publish("a"))).isFalse();
        assertThat(allows("{publish, {retain, false}}", retained)).isFalse();
        assertThat(allows("{publish, {retain, false}}", publish("a"))).isTrue();
        assertThat(allows("{publish, [{retain, all}]}", retained)).isTrue();
        assertThat(allows("{all, [{retain, true}]}", subscribe("a"))).isTrue();
    }

    @Test
    void publicationMatchesAFilterThatSelectsItsTopic() {
        RuleSet rules = Rules.of("{allow, all, publish, [\"a/+/c\", \"x/#\"]}.");
        assertThat(rules.decide(alice().client(), publish("a/b/c"))).isEqualTo(Decision.ALLOW);
        assertThat(rules.decide(alice().client(), publish("x"))).isEqualTo(Decision.ALLOW);
        assertThat(rules.decide(alice().client(), publish("a/b"))).isEqualTo(Decision.ABSTAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{eq, \"a/#\"}", "\"eq a/#\""})
    void literalTopicIsNoFilter(String topic) {
        RuleSet rules = Rules.of("{allow, all, all, [" + topic + "]}.");
        assertThat(rules.decide(alice().client(), subscribe("a/#"))).isEqualTo(Decision.ALLOW);
        assertThat(rules.decide(alice().client(), subscribe("a/b"))).isEqualTo(Decision.ABSTAIN);
        assertThat(rules.decide(alice().client(), subscribe("a/+"))).isEqualTo(Decision.ABSTAIN);
        assertThat(rules.decide(alice().client(), publish("a/b"))).isEqualTo(Decision.ABSTAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "[all]", "[\"x\", all]"})
    void allTopicsIncludeThoseOfTheBroker(String topics) {
        RuleSet rules = Rules.of("{allow, all, all, " + topics + "}.");
        assertThat(rules.decide(alice().client(), subscribe("$SYS/#"))).isEqualTo(Decision.ALLOW);
        assertThat(rules.decide(alice().client(), publish("a"))).isEqualTo(Decision.ALLOW);
    }

    @Test
    void wildcardFilterDoesNotIncludeTheTopicsOfTheBroker() {
        RuleSet rules = Rules.of("{allow, all, all, [\"#\"]}.");
        assertThat(rules.decide(alice().client(), subscribe("#"))).isEqualTo(Decision.ALLOW);
        assertThat(rules.decide(alice().client(), subscribe("$SYS/#"))).isEqualTo(Decision.ABSTAIN);
        assertThat(rules.decide(alice().client(), publish("$SYS/x"))).isEqualTo(Decision.ABSTAIN);
    }

    private static boolean allows(String action, Action asked) {
        return Rules.of("{allow, all, " + action + ", [\"a\"]}.").decide(alice().client(), asked) == Decision.ALLOW;
    }
}
