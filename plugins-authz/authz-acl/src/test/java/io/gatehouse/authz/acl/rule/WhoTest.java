package io.gatehouse.authz.acl.rule;

import static io.gatehouse.authz.acl.TestClient.alice;
import static io.gatehouse.authz.acl.TestClient.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.authz.acl.TestClient;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.MqttVersion;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhoTest {
    @Test
    void allIncludesEverybody() {
        assertThat(includes("all", alice().withUsername(null))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{username, \"alice\"}", "{user, \"alice\"}"})
    void usernameIsComparedExactly(String who) {
        assertThat(includes(who, alice())).isTrue();
        assertThat(includes(who, alice().withUsername("Alice"))).isFalse();
        assertThat(includes(who, alice().withUsername("alice2"))).isFalse();
        assertThat(includes(who, alice().withUsername(null).withClientId("alice")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{clientid, \"c1\"}", "{client, \"c1\"}"})
    void clientIdIsComparedExactly(String who) {
        assertThat(includes(who, alice())).isTrue();
        assertThat(includes(who, alice().withClientId("c2").withUsername("c1"))).isFalse();
    }

    @Test
    void regularExpressionIsFoundAnywhereUnlessAnchored() {
        assertThat(includes("{username, {re, \"lic\"}}", alice())).isTrue();
        assertThat(includes("{username, {re, \"^lic\"}}", alice())).isFalse();
        assertThat(includes("{clientid, {re, \"^c\\\\d$\"}}", alice())).isTrue();
        assertThat(includes("{clientid, {re, \"^c\\\\d$\"}}", alice().withClientId("c12")))
                .isFalse();
        assertThat(includes("{username, {re, \".*\"}}", alice().withUsername(null)))
                .isFalse();
    }

    @Test
    void clientAttributeIsCompared() {
        TestClient acme = alice().withAttributes(Map.of("tenant", "acme"));
        assertThat(includes("{client_attr, \"tenant\", \"acme\"}", acme)).isTrue();
        assertThat(includes("{client_attr, \"tenant\", {re, \"^ac\"}}", acme)).isTrue();
        assertThat(includes("{client_attr, \"tenant\", \"other\"}", acme)).isFalse();
        assertThat(includes("{client_attr, \"tenant\", \"acme\"}", alice())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/9, 10.127.255.255, true",
        "10.1.2.3/9, 10.128.0.0, false",
        "192.0.2.128/25, 192.0.2.255, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 203.0.113.7, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, ::ffff:192.0.2.1, true",
    })
    void addressIsInABlock(String block, String address, boolean expected) {
        assertThat(includes("{ipaddr, \"" + block + "\"}", alice().withAddress(address)))
                .isEqualTo(expected);
    }

    @Test
    void addressIsInOneOfSeveralBlocks() {
        String who = "{ipaddrs, [\"10.0.0.0/8\", \"::1\"]}";
        assertThat(includes(who, alice().withAddress("10.1.1.1"))).isTrue();
        assertThat(includes(who, alice().withAddress("::1"))).isTrue();
        assertThat(includes(who, alice())).isFalse();
    }

    @Test
    void unknownAddressIsDeniedButNeverAllowed() {
        Client nowhere = new Client(
                "c1",
                null,
                MqttVersion.V5,
                InetSocketAddress.createUnresolved("unknown.invalid", 1),
                "tcp.default",
                List.of(),
                Map.of(),
                false);
        assertThat(Rules.of("{allow, {ipaddr, \"0.0.0.0/0\"}, all, all}.").decide(nowhere, publish("a")))
                .isEqualTo(Decision.ABSTAIN);
        assertThat(Rules.of("{deny, {ipaddr, \"10.0.0.0/8\"}, all, all}.").decide(nowhere, publish("a")))
                .isEqualTo(Decision.DENY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"tcp.default\"", "\"tcp:default\"", "{re, \"^tcp:\"}", "{re, \"^tcp\\\\.def\"}"})
    void listenerIsKnownByBothNotations(String name) {
        String who = "{listener, " + name + "}";
        assertThat(includes(who, alice())).isTrue();
        assertThat(includes(who, alice().withListener("ws.default"))).isFalse();
    }

    @Test
    void andWantsAllOrWantsOneNested() {
        String who = "{'and', [{username, \"alice\"}, {'or', [{ipaddr, \"10.0.0.0/8\"}, {clientid, \"c1\"}]}]}";
        assertThat(includes(who, alice())).isTrue();
        assertThat(includes(who, alice().withClientId("x").withAddress("10.0.0.1")))
                .isTrue();
        assertThat(includes(who, alice().withClientId("x"))).isFalse();
        assertThat(includes(who, alice().withUsername("bob"))).isFalse();
    }

    @Test
    void nameTooLongForARegularExpressionIsDeniedButNeverAllowed() {
        TestClient endless = alice().withUsername("a".repeat(BoundedRegex.MAX_TEXT + 1));
        assertThat(decide("{allow, {username, {re, \"^a\"}}, all, all}.", endless))
                .isEqualTo(Decision.ABSTAIN);
        assertThat(decide("{deny, {username, {re, \"^b\"}}, all, all}.", endless))
                .isEqualTo(Decision.DENY);
        TestClient longest = alice().withUsername("a".repeat(BoundedRegex.MAX_TEXT));
        assertThat(decide("{allow, {username, {re, \"^a\"}}, all, all}.", longest))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide("{deny, {username, {re, \"^b\"}}, all, all}.", longest))
                .isEqualTo(Decision.ABSTAIN);
    }

    private static boolean includes(String who, TestClient client) {
        boolean allowed = decide("{allow, " + who + ", all, all}.", client) == Decision.ALLOW;
        boolean denied = decide("{deny, " + who + ", all, all}.", client) == Decision.DENY;
        assertThat(allowed).isEqualTo(denied);
        return allowed;
    }

    private static Decision decide(String rules, TestClient client) {
        return Rules.of(rules).decide(client.client(), publish("a/b"));
    }
}
