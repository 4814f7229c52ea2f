package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerSectionsTest {
    @TempDir
    Path folder;

    private TestHome home;

    @BeforeEach
    void installation() {
        home = new TestHome(folder);
    }

    @Test
    void readsEveryKeyOfAWebSocketListener() {
        home.main("""
                listeners.ws.web {
                  bind = "0.0.0.0:8083"
                  max-connections = 7
                  mountpoint = "web/${clientid}/"
                  access-rules = ["allow 10.0.0.0/8", "deny all"]
                  proxy-protocol = true
                  proxy-protocol-timeout = 500ms
                  trusted-proxies = ["10.0.0.0/8", "::1"]
                  path = "/iot"
                  subprotocol-required = false
                  allowed-origins = ["https://app.example.org", "null"]
                }
                """);

        assertThat(home.errors()).isEmpty();
        assertThat(home.config().listeners())
                .containsEntry(
                        "ws.web",
                        new ListenerConfig(
                                ListenerKind.WS,
                                "ws.web",
                                "0.0.0.0",
                                8083,
                                7,
                                "web/${clientid}/",
                                new AccessRules(List.of(
                                        AccessRule.parse("allow 10.0.0.0/8").orElseThrow(),
                                        AccessRule.parse("deny all").orElseThrow())),
                                new ProxyConfig(
                                        true,
                                        Duration.ofMillis(500),
                                        List.of(
                                                Cidr.parse("10.0.0.0/8").orElseThrow(),
                                                Cidr.parse("::1").orElseThrow())),
                                new WebSocketConfig("/iot", false, Set.of("https://app.example.org", "null"))));
    }

    @Test
    void whatIsNotSaidHasADefault() {
        home.main("listeners.ws.web.bind = \"0.0.0.0:8083\"");

        assertThat(home.config().listeners())
                .containsEntry("ws.web", ListenerConfig.of(ListenerKind.WS, "ws.web", "0.0.0.0", 8083, 1_000_000));
        assertThat(ConfigShow.text(home.load(), true))
                .contains("listeners.ws.web.path = \"/mqtt\"  # default\n")
                .contains("listeners.tcp.default.proxy-protocol-timeout = \"3s\"  # default\n")
                .doesNotContain("listeners.tcp.default.path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "devices/", "a/b", "/", "${clientid}/", "u/${username}/${clientid}/", "ä/"})
    void takesAMountpoint(String mountpoint) {
        home.main("listeners.tcp.default.mountpoint = \"" + mountpoint + "\"");

        assertThat(home.config().listeners().values())
                .extracting(ListenerConfig::mountpoint)
                .containsExactly(mountpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/+/",
                "#",
                "a\\u0000b",
                "a\\u0007b",
                "\\ud800",
                "$SYS/",
                "${password}/",
                "${clientid",
                "$share/a/"
            })
    void refusesWhatIsNoMountpoint(String mountpoint) {
        home.main("listeners.tcp.default.mountpoint = \"" + mountpoint + "\"");

        assertThat(home.errors())
                .singleElement()
                .asString()
                .startsWith("gatehouse.conf:1:23: `listeners.tcp.default.mountpoint` must be the beginning of a topic");
    }

    @Test
    void refusesALongMountpoint() {
        home.main("listeners.tcp.default.mountpoint = \"" + "x".repeat(257) + "\"");

        assertThat(home.errors()).hasSize(1);
    }

    @Test
    void namesThePlaceOfEachRuleThatIsNone() {
        home.main("""
                listeners.tcp.default {
                  access-rules = ["allow 10.0.0.0/8",
                    "allow 10.0.0.1/8", "deny everybody"]
                  trusted-proxies = ["10.0.0.0/33"]
                }
                """);

        assertThat(home.errors())
                .hasSize(3)
                .anySatisfy(error -> assertThat(error)
                        .startsWith("gatehouse.conf:3:5:")
                        .contains("`listeners.tcp.default.access-rules[1]` must be \"allow\" or \"deny\"")
                        .endsWith(", not \"allow 10.0.0.1/8\""))
                .anySatisfy(error -> assertThat(error).endsWith(", not \"deny everybody\""))
                .anySatisfy(error -> assertThat(error).contains("trusted-proxies[0]"));
    }

    @Test
    void refusesTheProxyProtocolFromAnybody() {
        home.main("listeners.tcp.default.proxy-protocol = true");

        assertThat(home.errors())
                .containsExactly("gatehouse.conf:1:23: `listeners.tcp.default.proxy-protocol` needs"
                        + " `listeners.tcp.default.trusted-proxies`: only connections from these addresses are taken,"
                        + " such as [\"10.0.0.0/8\"]");
    }

    @Test
    void warnsOfRulesThatLetNobodyIn() {
        home.main("listeners.tcp.default.access-rules = [\"deny 10.0.0.66\"]");

        assertThat(home.warnings()).singleElement().asString().contains("allows nobody");
    }

    @Test
    void warnsOfProxiesThatNobodyAsksFor() {
        home.main("listeners.tcp.default.trusted-proxies = [\"10.0.0.66\"]");

        assertThat(home.warnings()).singleElement().asString().contains("has no effect without");
    }

    @Test
    void aTcpListenerHasNoPath() {
        home.main("listeners.tcp.default.path = \"/mqtt\"");

        assertThat(home.errors()).singleElement().asString().contains("`listeners.tcp.default.path` is not a known");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path = mqtt",
                "path = \"/a?b\"",
                "path = \"/a b\"",
                "path = \"\"",
                "allowed-origins = [\"https://app.example.org/\"]",
                "allowed-origins = [\"https://App.example.org\"]",
                "allowed-origins = [\"app.example.org\"]",
                "allowed-origins = \"*\"",
                "subprotocol-required = maybe"
            })
    void refusesWhatNoHandshakeCanMean(String setting) {
        home.main("listeners.ws.web { bind = \"0.0.0.0:8083\", " + setting + " }");

        assertThat(home.errors()).hasSize(1);
    }

    @Test
    void twoKindsCannotShareAPort() {
        home.main("listeners.ws.web.bind = \"0.0.0.0:1883\"");

        assertThat(home.errors())
                .singleElement()
                .asString()
                .contains("`listeners.ws.web` cannot listen on 0.0.0.0:1883 beside `listeners.tcp.default`");
    }
}
