package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the records hold for a given text. */
class ConfigLoaderTest {
    private TestHome home;

    @BeforeEach
    void newHome(@TempDir Path folder) {
        home = new TestHome(folder);
    }

    @Test
    void anEmptyFileGivesTheSecureDefaults() {
        GatehouseConfig config = home.config();

        assertThat(config.listeners())
                .containsExactly(Map.entry(
                        "tcp.default",
                        ListenerConfig.of(ListenerKind.TCP, "tcp.default", "127.0.0.1", 1883, 1_000_000)));
        assertThat(config.authentication())
                .isEqualTo(new AuthenticationConfig(
                        List.of("auth-builtin"), Duration.ofSeconds(5), Duration.ofSeconds(3)));
        assertThat(config.authorization())
                .isEqualTo(new AuthorizationConfig(
                        List.of("authz-acl"), false, Duration.ofSeconds(5), false, 32, Duration.ofMinutes(1)));
        assertThat(config.interceptors())
                .isEqualTo(new InterceptorsConfig(List.of(), List.of(), List.of(), List.of(), Duration.ofSeconds(5)));
        assertThat(config.plugins())
                .isEqualTo(new PluginsConfig(
                        new TrustConfig(PluginTrust.ANY, Optional.empty(), Optional.empty(), Set.of()),
                        false,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        20,
                        Duration.ofSeconds(5),
                        1_000));
        assertThat(config.mqtt())
                .isEqualTo(new MqttConfig(
                        1024 * 1024,
                        Duration.ofSeconds(10),
                        Duration.ZERO,
                        32,
                        100,
                        1_000,
                        Duration.ofSeconds(300),
                        Duration.ofHours(2),
                        MqttConfig.FOR_EVER,
                        65_535,
                        10,
                        65_535,
                        100_000,
                        1_000_000));
        assertThat(config.modules()).isEmpty();
    }

    @Test
    void everyKeyOfTheKernelReachesItsRecord() {
        home.main("""
                listeners.tcp.default { bind = "0.0.0.0:2883", max-connections = 7 }
                listeners.tcp.six { bind = "[FE80::1%eth0]:0" }
                authentication { chain = [auth-jwt, auth-ldap.corp], deadline = 250ms, module-wait = 0 }
                authorization {
                  sources = [authz-http], no-match = allow, deadline = 1s, deny-action = disconnect
                  cache { size = 0, time = 5 minutes }
                }
                interceptors {
                  connect = [a], publish = [b, c], subscribe = [d], delivery = [payload-encryption], deadline = 2s
                }
                plugins {
                  trust = allow-listed, trust-store = "trust.p12", trust-store-password = "s3cret"
                  allow-list = ["sha256:DIGEST"], approval = required
                  start-deadline = 1s, health-deadline = 2s, drain-deadline = 3s
                  breaker-failures = 4, breaker-pause = 5s, max-concurrent-calls = 6
                }
                mqtt {
                  max-packet-size = 64KiB, connect-timeout = 1m, max-keep-alive = 600s, max-inflight = 1
                  receive-maximum = 2, max-queue = 3, awaiting-rel-timeout = 4s, session-expiry = 5s
                  max-session-expiry = 1d, topic-alias-maximum = 0, max-topic-levels = 128
                  max-client-id-length = 23, max-subscriptions = 6, max-retained = 0
                }
                """.replace("DIGEST", "AB".repeat(32))).write("conf/trust.p12", "");

        GatehouseConfig config = home.config();

        assertThat(config.listeners().values())
                .containsExactlyInAnyOrder(
                        ListenerConfig.of(ListenerKind.TCP, "tcp.default", "0.0.0.0", 2883, 7),
                        ListenerConfig.of(ListenerKind.TCP, "tcp.six", "fe80::1%eth0", 0, 1_000_000));
        assertThat(config.authentication())
                .isEqualTo(new AuthenticationConfig(
                        List.of("auth-jwt", "auth-ldap.corp"), Duration.ofMillis(250), Duration.ZERO));
        assertThat(config.authorization())
                .isEqualTo(new AuthorizationConfig(
                        List.of("authz-http"), true, Duration.ofSeconds(1), true, 0, Duration.ofMinutes(5)));
        assertThat(config.interceptors())
                .isEqualTo(new InterceptorsConfig(
                        List.of("a"),
                        List.of("b", "c"),
                        List.of("d"),
                        List.of("payload-encryption"),
                        Duration.ofSeconds(2)));
        assertThat(config.plugins())
                .isEqualTo(new PluginsConfig(
                        new TrustConfig(
                                PluginTrust.ALLOW_LISTED,
                                Optional.of(home.path("conf/trust.p12")),
                                Optional.of(Secret.ofUtf8("s3cret")),
                                Set.of("ab".repeat(32))),
                        true,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        4,
                        Duration.ofSeconds(5),
                        6));
        assertThat(config.mqtt())
                .isEqualTo(new MqttConfig(
                        65_536,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(600),
                        1,
                        2,
                        3,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofDays(1),
                        0,
                        128,
                        23,
                        6,
                        0));
    }

    @Test
    void neverAndInfinityStandForNoLimit() {
        home.main("mqtt { session-expiry = never, max-session-expiry = infinity, max-keep-alive = infinity }");

        MqttConfig mqtt = home.config().mqtt();

        assertThat(mqtt.sessionExpiry()).isEqualTo(MqttConfig.FOR_EVER);
        assertThat(mqtt.maxSessionExpiry()).isEqualTo(MqttConfig.FOR_EVER);
        assertThat(mqtt.maxKeepAlive()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aDisabledListenerIsGone() {
        home.main("""
                listeners.tcp.default.enabled = false
                listeners.tcp.public.bind = "0.0.0.0:1883"
                """);

        assertThat(home.config().listeners()).containsOnlyKeys("tcp.public");
        assertThat(home.warnings()).isEmpty();
    }

    @Test
    void readsThePasswordOfTheTrustStoreFromAFileAndShowsItNowhere() {
        home.main("plugins.trust-store-password = \"file:secret\"").write("conf/secret", "hunter2\n");

        assertThat(home.config().plugins().trust().storePassword()).contains(Secret.ofUtf8("hunter2"));
        assertThat(ConfigShow.text(home.load(), true)).doesNotContain("hunter2");
        assertThat(home.config().toString()).doesNotContain("hunter2");
    }

    @Test
    void refusesATrustStoreThatIsNotThere() {
        home.main("plugins.trust-store = nowhere.pem");

        assertThat(home.errors())
                .singleElement()
                .asString()
                .contains("`plugins.trust-store` names the file", "nowhere.pem, which does not exist");
    }

    @Test
    void warnsWhenNoPluginCanBeOnTheAllowList() {
        home.main("plugins.trust = allow-listed");

        assertThat(home.warnings())
                .containsExactly("gatehouse.conf:1:9: `plugins.allow-list` is empty: every plugin is refused");
    }

    @Test
    void warnsWhenNobodyCanConnect() {
        home.main("listeners.tcp.default.enabled = false\nauthentication.chain = []");

        assertThat(home.warnings())
                .containsExactly(
                        "gatehouse.conf:1:1: no listener is enabled: no client can connect",
                        "gatehouse.conf:2:16: `authentication.chain` is empty: every client is refused");
    }

    @Test
    void laterLayersWinOverEarlierOnes() {
        home.main("mqtt { max-inflight = 1, max-queue = 1, max-retained = 1, max-subscriptions = 1 }")
                .write("conf/conf.d/10-a.conf", "mqtt { max-queue = 2, max-retained = 2, max-subscriptions = 2 }")
                .write("conf/conf.d/20-b.conf", "mqtt { max-retained = 3, max-subscriptions = 3 }")
                .write("conf/conf.d/.20-b.conf.swp.conf", "mqtt { max-topic-levels = 99 }")
                .write("conf/conf.d/notes.txt", "mqtt { max-retained = 99 }")
                .write("data/overlay.conf", "mqtt.max-subscriptions = 4, mqtt.receive-maximum = 4")
                .set("mqtt.receive-maximum=5", "mqtt.receive-maximum=6");

        MqttConfig mqtt = home.config().mqtt();

        assertThat(List.of(
                        mqtt.maxInflight(),
                        mqtt.maxQueue(),
                        mqtt.maxRetained(),
                        mqtt.maxSubscriptions(),
                        mqtt.receiveMaximum(),
                        mqtt.maxTopicLevels()))
                .containsExactly(1, 2, 3, 4, 6, 10);
    }

    @Test
    void settingsFromTheCommandLineNeedNoSecondQuotes() {
        home.set(
                "listeners.tcp.default.bind=127.0.0.1:1999",
                "listeners.tcp.six.bind=[::1]:1998",
                "authentication.chain=[auth-anonymous]",
                "mqtt.max-packet-size=2KiB");

        GatehouseConfig config = home.config();

        assertThat(config.listeners().values()).extracting(ListenerConfig::port).containsExactlyInAnyOrder(1999, 1998);
        assertThat(config.authentication().chain()).containsExactly("auth-anonymous");
        assertThat(config.mqtt().maxPacketSize()).isEqualTo(2048);
    }

    @Test
    void environmentVariablesReplaceWhatTheFileSays() {
        home.main("""
                mqtt.max-queue = 5
                mqtt.max-queue = ${?QUEUE}
                mqtt.max-inflight = 6
                mqtt.max-inflight = ${?NOT_SET}
                """).env("QUEUE", "77");

        assertThat(home.config().mqtt().maxQueue()).isEqualTo(77);
        assertThat(home.config().mqtt().maxInflight()).isEqualTo(6);
    }

    @Test
    void onlyTheGivenEnvironmentIsSeen() {
        home.main("authentication.deadline = ${PATH}");

        assertThat(home.errors()).singleElement().asString().startsWith("gatehouse.conf:1:27: `${PATH}` is neither");
    }

    @Test
    void aChainCanBeExtended() {
        home.main("authentication.chain += auth-jwt");

        assertThat(home.config().authentication().chain()).containsExactly("auth-builtin", "auth-jwt");
    }

    @Test
    void includesFilesBelowItsFolder() {
        home.main("include \"parts/limits.conf\"\nmqtt { include file(\"parts/mqtt.conf\") }")
                .write("conf/parts/limits.conf", "authorization.cache.size = 5\ninclude \"more.conf\"")
                .write("conf/parts/more.conf", "authorization.cache.time = 5s")
                .write("conf/parts/mqtt.conf", "max-queue = 5");

        GatehouseConfig config = home.config();

        assertThat(config.authorization().cacheSize()).isEqualTo(5);
        assertThat(config.authorization().cacheTime()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.mqtt().maxQueue()).isEqualTo(5);
    }

    @Test
    void loadingTwiceGivesEqualConfigurations() {
        home.module("auth-x", "pid", "<AD id=\"names\" type=\"String\" cardinality=\"9\"/>")
                .main("auth-x.names = [a, b]");

        assertThat(home.load()).isEqualTo(home.load());
    }
}
