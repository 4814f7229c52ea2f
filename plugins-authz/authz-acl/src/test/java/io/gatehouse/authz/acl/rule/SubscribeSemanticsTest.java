package io.gatehouse.authz.acl.rule;

import static io.gatehouse.authz.acl.TestClient.alice;
import static io.gatehouse.authz.acl.TestClient.publish;
import static io.gatehouse.authz.acl.TestClient.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.authz.acl.TestClient;
import io.gatehouse.sdk.authz.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscribeSemanticsTest {
    @ParameterizedTest
    @CsvSource({
        "a/#, a/#, true",
        "a/#, a, true",
        "a/#, a/+/b, true",
        "a/#, #, false",
        "a/+, a/b, true",
        "a/+, a/+, true",
        "a/+, a/#, false",
        "a/b, a/+, false",
        "+/#, #, true",
    })
    void allowingRuleMustCoverAllThatIsAskedFor(String rule, String asked, boolean expected) {
        Decision decision =
                Rules.of("{allow, all, subscribe, [\"" + rule + "\"]}.").decide(alice().client(), subscribe(asked));
        assertThat(decision).isEqualTo(expected ? Decision.ALLOW : Decision.ABSTAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/b, a/+, true",
        "a/b, a/#, true",
        "a/b, #, true",
        "a/#, +/b, true",
        "a/+, a/b, true",
        "a/b, a/c, false",
        "a/b, b/#, false",
        "a/b, a, false",
        "$SYS/#, #, false",
        "$SYS/#, +/x, false",
        "$SYS/#, $SYS/x, true",
        "$SYS/x, $SYS/#, true",
    })
    void denyingRuleMatchesWhatCouldBringADeniedTopic(String rule, String asked, boolean expected) {
        Decision decision =
                Rules.of("{deny, all, subscribe, [\"" + rule + "\"]}.").decide(alice().client(), subscribe(asked));
        assertThat(decision).isEqualTo(expected ? Decision.DENY : Decision.ABSTAIN);
    }

    @Test
    void literalDenialIsOnlyAboutThatFilter() {
        RuleSet rules = Rules.of("{deny, all, subscribe, [{eq, \"#\"}, {eq, \"a/b\"}]}.");
        assertThat(rules.decide(alice().client(), subscribe("#"))).isEqualTo(Decision.DENY);
        assertThat(rules.decide(alice().client(), subscribe("+/#"))).isEqualTo(Decision.ABSTAIN);
        assertThat(rules.decide(alice().client(), subscribe("a/b"))).isEqualTo(Decision.DENY);
        assertThat(rules.decide(alice().client(), subscribe("a/+"))).isEqualTo(Decision.ABSTAIN);
    }

    @Test
    void firstMatchDecides() {
        RuleSet rules = Rules.of("""
                {allow, {username, "root"}, subscribe, ["secret/#"]}.
                {deny, all, all, ["secret/#"]}.
                {allow, {username, "alice"}, all, all}.
                {deny, all}.
                """);
        TestClient root = alice().withUsername("root");
        assertThat(rules.decide(root.client(), subscribe("secret/x"))).isEqualTo(Decision.ALLOW);
        assertThat(rules.decide(root.client(), publish("secret/x"))).isEqualTo(Decision.DENY);
        assertThat(rules.decide(root.client(), publish("open"))).isEqualTo(Decision.DENY);
        assertThat(rules.decide(alice().client(), subscribe("secret/x"))).isEqualTo(Decision.DENY);
        assertThat(rules.decide(alice().client(), subscribe("#"))).isEqualTo(Decision.DENY);
        assertThat(rules.decide(alice().client(), publish("open"))).isEqualTo(Decision.ALLOW);
    }

    @Test
    void hasNoOpinionWhenNothingMatches() {
        assertThat(Rules.of("{allow, {username, \"bob\"}, all, all}.").decide(alice().client(), publish("a")))
                .isEqualTo(Decision.ABSTAIN);
    }

    @Test
    void judgesASuperuserLikeAnybodyBecauseTheKernelDoesNotAskForOne() {
        assertThat(Rules.of("{deny, all}.").decide(alice().superuser(), publish("a")))
                .isEqualTo(Decision.DENY);
    }

    @Test
    void fileThatEmqxShipsWorksUnchanged() {
        RuleSet rules = Rules.of("""
                {allow, {username, {re, "^dashboard$"}}, subscribe, ["$SYS/#"]}.
                {allow, {ipaddr, "127.0.0.1"}, all, ["$SYS/#", "#"]}.
                {deny, all, subscribe, ["$SYS/#", {eq, "#"}, {eq, "+/#"}]}.
                {allow, all}.
                """);
        TestClient dashboard = alice().withUsername("dashboard");
        TestClient local = alice().withAddress("127.0.0.1");

        assertThat(rules.decide(dashboard.client(), subscribe("$SYS/#"))).isEqualTo(Decision.ALLOW);
        assertThat(rules.decide(dashboard.client(), subscribe("#"))).isEqualTo(Decision.DENY);
        assertThat(rules.decide(local.client(), subscribe("#"))).isEqualTo(Decision.ALLOW);
        assertThat(rules.decide(local.client(), subscribe("$SYS/brokers"))).isEqualTo(Decision.ALLOW);
        for (String filter : new String[] {"$SYS/#", "$SYS/x", "#", "+/#"}) {
            assertThat(rules.decide(alice().client(), subscribe(filter)))
                    .as(filter)
                    .isEqualTo(Decision.DENY);
        }
        for (String filter : new String[] {"a", "a/#", "+", "+/+/#"}) {
            assertThat(rules.decide(alice().client(), subscribe(filter)))
                    .as(filter)
                    .isEqualTo(Decision.ALLOW);
        }
        assertThat(rules.decide(alice().client(), publish("a/b"))).isEqualTo(Decision.ALLOW);
    }
}
