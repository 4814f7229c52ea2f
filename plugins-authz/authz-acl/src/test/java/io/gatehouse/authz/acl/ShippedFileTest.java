package io.gatehouse.authz.acl;

import static io.gatehouse.authz.acl.TestClient.alice;
import static io.gatehouse.authz.acl.TestClient.publish;
import static io.gatehouse.authz.acl.TestClient.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.authz.acl.rule.RuleSet;
import io.gatehouse.sdk.authz.Decision;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code acl.conf} every installation starts with. */
class ShippedFileTest {
    private final RuleSet rules = shipped();

    @ParameterizedTest
    @ValueSource(strings = {"clients/c1", "clients/c1/x", "clients/c1/x/y", "users/alice/x"})
    void allowsTheClientsOwnTopics(String topic) {
        assertThat(publishing(alice(), topic)).isEqualTo(Decision.ALLOW);
        assertThat(subscribing(alice(), topic)).isEqualTo(Decision.ALLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clients/c1/#", "users/alice/#", "users/alice/+/x"})
    void allowsWildcardsBelowTheClientsOwnTopics(String filter) {
        assertThat(subscribing(alice(), filter)).isEqualTo(Decision.ALLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+/#",
                "+",
                "$SYS/#",
                "$SYS/+/x",
                "clients/#",
                "clients/+",
                "clients/+/x",
                "clients/c2/x",
                "users/#",
                "users/bob/x",
                "a",
                "a/#",
                "/clients/c1",
                "$x",
                "clients"
            })
    void deniesEverythingElse(String filter) {
        assertThat(subscribing(alice(), filter)).isEqualTo(Decision.DENY);
        if (!filter.contains("+") && !filter.contains("#")) {
            assertThat(publishing(alice(), filter)).isEqualTo(Decision.DENY);
        }
    }

    @Test
    void deniesTheBrokersTopicsToPublishers() {
        assertThat(publishing(alice(), "$SYS/brokers")).isEqualTo(Decision.DENY);
    }

    @Test
    void deniesWhoNamesItselfLikeAWildcard() {
        TestClient attacker = alice().withClientId("+").withUsername("#");
        assertThat(subscribing(attacker, "clients/+/#")).isEqualTo(Decision.DENY);
        assertThat(subscribing(attacker, "users/#")).isEqualTo(Decision.DENY);
        assertThat(publishing(attacker, "clients/c1/x")).isEqualTo(Decision.DENY);
    }

    @Test
    void deniesUserTopicsToWhoHasNoUserName() {
        assertThat(publishing(alice().withUsername(null), "users/alice/x")).isEqualTo(Decision.DENY);
        assertThat(publishing(alice().withUsername(null), "users//x")).isEqualTo(Decision.DENY);
    }

    private static RuleSet shipped() {
        AclFile file =
                new AclFile(Path.of("../../distribution/src/main/conf/acl.conf").toAbsolutePath());
        try {
            return file.compile(file.read());
        } catch (AclFileException e) {
            throw new AssertionError(e);
        }
    }

    private Decision publishing(TestClient client, String topic) {
        return rules.decide(client.client(), publish(topic));
    }

    private Decision subscribing(TestClient client, String filter) {
        return rules.decide(client.client(), subscribe(filter));
    }
}
