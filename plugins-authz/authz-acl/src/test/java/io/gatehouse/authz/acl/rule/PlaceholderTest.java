package io.gatehouse.authz.acl.rule;

import static io.gatehouse.authz.acl.TestClient.alice;
import static io.gatehouse.authz.acl.TestClient.publish;
import static io.gatehouse.authz.acl.TestClient.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.authz.acl.TestClient;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Decision;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderTest {
    @Test
    void standsForTheNamesOfTheClient() {
        assertThat(allows("u/${username}/x", alice(), publish("u/alice/x"))).isTrue();
        assertThat(allows("u/${username}/x", alice(), publish("u/bob/x"))).isFalse();
        assertThat(allows("c/${clientid}/#", alice(), subscribe("c/c1/a/+"))).isTrue();
        assertThat(allows("c/${clientid}/#", alice(), subscribe("c/+/a"))).isFalse();
        assertThat(allows("${username}/dev-${clientid}!", alice(), publish("alice/dev-c1!")))
                .isTrue();
        assertThat(allows("${clientid}", alice(), publish("c1"))).isTrue();
        TestClient acme = alice().withAttributes(Map.of("tenant", "acme"));
        assertThat(allows("t/${client_attrs.tenant}/+", acme, subscribe("t/acme/+")))
                .isTrue();
        assertThat(allows("t/${client_attrs.tenant}/+", acme, subscribe("t/+/acme")))
                .isFalse();
    }

    @Test
    void commonNameOfTheCertificateIsUsed() {
        TestClient meter = alice().withCertificate(new FakeCertificate("CN=meter-7,O=Acme"));
        assertThat(allows("m/${cert_common_name}", meter, publish("m/meter-7"))).isTrue();
        assertThat(allows("m/${cert_common_name}", meter, publish("m/c1"))).isFalse();
        assertThat(allows("m/${cert_common_name}/#", alice(), publish("m/meter-7")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=a,CN=b,O=c            | a",
                "O=c,cn=a                 | a",
                "CN=a\\,b+OU=x            | a,b",
                "O=c                      |",
            })
    void mostSpecificCommonNameCounts(String subject, String expected) {
        assertThat(CommonName.in(new X500Principal(subject))).isEqualTo(expected);
    }

    @Test
    void unsetNameMatchesNothing() {
        TestClient nameless = alice().withUsername(null);
        for (String topic : new String[] {"u/${username}/#", "${client_attrs.tenant}/#", "u/${username}"}) {
            for (Action action :
                    new Action[] {publish("u/"), publish("u//x"), publish("/x"), subscribe("u//#"), subscribe("u")}) {
                assertThat(allows(topic, nameless, action)).isFalse();
                assertThat(denies(topic, nameless, action)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "#", "a/b", "/", "a+", "#a", "a\u0000", "a\tb", "\u007F", "\u0085x", ""})
    void valueThatCouldChangeTheShapeMatchesNothing(String injected) {
        TestClient attacker = alice().withUsername(injected).withAttributes(Map.of("k", injected));
        for (String topic : new String[] {"u/${username}/#", "u/${username}", "u/${client_attrs.k}/#"}) {
            for (Action action : new Action[] {
                publish("u/bob/x"),
                publish("u/bob"),
                publish("u/" + injected + "/x"),
                publish("u/" + injected),
                subscribe("u/" + injected + "/#"),
                subscribe("u/" + injected),
                subscribe("u/#"),
            }) {
                assertThat(allows(topic, attacker, action))
                        .as("%s %s", topic, action)
                        .isFalse();
                assertThat(denies(topic, attacker, action))
                        .as("%s %s", topic, action)
                        .isFalse();
            }
        }
    }

    @Test
    void valueCannotOpenTheTopicsOfTheBroker() {
        TestClient attacker = alice().withClientId("$SYS");
        assertThat(allows("${clientid}/#", attacker, subscribe("$SYS/#"))).isFalse();
        assertThat(allows("${clientid}/#", attacker, publish("$SYS/x"))).isFalse();
        assertThat(allows("c/${clientid}/#", attacker, publish("c/$SYS/x"))).isTrue();
        assertThat(allows("${username}${clientid}/#", attacker.withUsername("$"), publish("$$SYS/x")))
                .isFalse();
    }

    @Test
    void valueThatLooksLikeAPlaceholderIsText() {
        TestClient attacker = alice().withUsername("${clientid}");
        assertThat(allows("u/${username}/x", attacker, publish("u/c1/x"))).isFalse();
        assertThat(allows("u/${username}/x", attacker, publish("u/${clientid}/x")))
                .isTrue();
    }

    private static boolean allows(String topic, TestClient client, Action action) {
        return Rules.of("{allow, all, all, [\"" + topic + "\"]}.").decide(client.client(), action) == Decision.ALLOW;
    }

    private static boolean denies(String topic, TestClient client, Action action) {
        return Rules.of("{deny, all, all, [\"" + topic + "\"]}.").decide(client.client(), action) == Decision.DENY;
    }
}
