package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {
    private static InetAddress address(String literal) {
        return IpLiterals.parse(literal).orElseThrow();
    }

    private static AccessRules rules(String... rules) {
        return new AccessRules(Stream.of(rules)
                .map(AccessRule::parse)
                .map(rule -> rule.orElseThrow())
                .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.255.255,true",
        "10.0.0.0/8,11.0.0.0,false",
        "10.64.0.0/10,10.127.1.1,true",
        "10.64.0.0/10,10.128.0.0,false",
        "0.0.0.0/0,203.0.113.9,true",
        "0.0.0.0/0,::1,false",
        "::/0,::1,true",
        "::/0,203.0.113.9,false",
        "192.0.2.7,192.0.2.7,true",
        "192.0.2.7,192.0.2.6,false",
        "2001:db8::/33,2001:db8:7fff::1,true",
        "2001:db8::/33,2001:db8:8000::1,false",
        "10.0.0.0/8,::ffff:10.1.2.3,true",
        "::ffff:10.0.0.0/104,10.1.2.3,true",
        "::ffff:10.0.0.0/104,11.1.2.3,false"
    })
    void knowsWhatIsInABlock(String block, String literal, boolean inside) {
        assertThat(Cidr.parse(block).orElseThrow().contains(address(literal))).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.1/8",
                "10.1/16",
                "10",
                "010.0.0.1",
                "256.0.0.1",
                " 10.0.0.1",
                "1.2.3.4.5",
                "localhost",
                "::/129",
                "::1/64",
                "[::1]",
                "fe80::1%eth0",
                "::ffff:10.0.0.0/80",
                "::1.2.3",
                "1:2:3",
                "١.0.0.1"
            })
    void refusesWhatIsNoBlock(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "allow", "allow ", "deny  all", "Allow all", "permit all", "allow all ", "deny 10.0.0.0/99"})
    void refusesWhatIsNoRule(String text) {
        assertThat(AccessRule.parse(text)).isEmpty();
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        AccessRules rules = rules("deny 10.0.0.66", "allow 10.0.0.0/8", "deny all", "allow all");

        assertThat(rules.permit(address("10.0.0.66"))).isFalse();
        assertThat(rules.permit(address("10.0.0.67"))).isTrue();
        assertThat(rules.permit(address("::ffff:10.0.0.67"))).isTrue();
        assertThat(rules.permit(address("192.0.2.1"))).isFalse();
    }

    @Test
    void whomNoRuleMatchesIsDenied() {
        assertThat(rules("deny 10.0.0.0/8").permit(address("192.0.2.1"))).isFalse();
        assertThat(rules("allow 10.0.0.0/8").permit(address("::1"))).isFalse();
    }

    @Test
    void withoutRulesEverybodyMayConnect() {
        assertThat(new AccessRules(List.of()).permit(address("192.0.2.1"))).isTrue();
    }
}
