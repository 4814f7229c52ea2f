package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.config.AuthenticationConfig;
import io.gatehouse.kernel.config.AuthorizationConfig;
import io.gatehouse.kernel.config.BoundsConfig;
import io.gatehouse.kernel.config.FeaturesConfig;
import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.GuardConfig;
import io.gatehouse.kernel.config.InterceptorsConfig;
import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.config.PluginTrust;
import io.gatehouse.kernel.config.PluginsConfig;
import io.gatehouse.kernel.config.TrustConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Configurations with small limits, so that tests reach them. */
public final class TestConfigs {
    /** In flight 4, receive maximum 3, queue 10, alias 5, levels 6, subscriptions 8, retained 20. */
    public static final MqttConfig MQTT = mqtt(4, 3, 10);

    private TestConfigs() {}

    public static MqttConfig mqtt(int inflight, int receiveMaximum, int queue) {
        return new MqttConfig(
                64 * 1024,
                Duration.ofSeconds(10),
                Duration.ZERO,
                inflight,
                receiveMaximum,
                queue,
                Duration.ofSeconds(300),
                Duration.ofHours(2),
                MqttConfig.FOR_EVER,
                5,
                6,
                100,
                8,
                20);
    }

    public static MqttConfig connectTimeout(MqttConfig of, Duration timeout) {
        return new MqttConfig(
                of.maxPacketSize(),
                timeout,
                of.maxKeepAlive(),
                of.maxInflight(),
                of.receiveMaximum(),
                of.maxQueue(),
                of.awaitingRelTimeout(),
                of.sessionExpiry(),
                of.maxSessionExpiry(),
                of.topicAliasMaximum(),
                of.maxTopicLevels(),
                of.maxClientIdLength(),
                of.maxSubscriptions(),
                of.maxRetained());
    }

    /** As by default. */
    public static PluginsConfig plugins() {
        return plugins(new TrustConfig(PluginTrust.ANY, Optional.empty(), Optional.empty(), Set.of()));
    }

    public static PluginsConfig plugins(TrustConfig trust) {
        return new PluginsConfig(
                trust,
                false,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                20,
                Duration.ofSeconds(5),
                1_000);
    }

    public static GatehouseConfig of(MqttConfig mqtt, boolean disconnectOnDeny) {
        return of(mqtt, BoundsConfig.DEFAULT, disconnectOnDeny);
    }

    public static GatehouseConfig of(MqttConfig mqtt, BoundsConfig bounds) {
        return of(mqtt, bounds, false);
    }

    private static GatehouseConfig of(MqttConfig mqtt, BoundsConfig bounds, boolean disconnectOnDeny) {
        return new GatehouseConfig(
                Map.of(),
                new AuthenticationConfig(List.of("auth-test"), Duration.ofSeconds(10), Duration.ofSeconds(10)),
                new AuthorizationConfig(
                        List.of("authz-test"),
                        false,
                        Duration.ofSeconds(10),
                        disconnectOnDeny,
                        32,
                        Duration.ofMinutes(1)),
                new InterceptorsConfig(List.of(), List.of(), List.of(), List.of(), Duration.ofSeconds(10)),
                plugins(),
                mqtt,
                bounds,
                FeaturesConfig.DEFAULT,
                GuardConfig.DEFAULT,
                Map.of());
    }

    /** The same with this guard. */
    public static GatehouseConfig guarded(GatehouseConfig of, GuardConfig guard) {
        return new GatehouseConfig(
                of.listeners(),
                of.authentication(),
                of.authorization(),
                of.interceptors(),
                of.plugins(),
                of.mqtt(),
                of.bounds(),
                of.features(),
                guard,
                of.modules());
    }

    public static GatehouseConfig of(MqttConfig mqtt) {
        return of(mqtt, false);
    }

    /** {@link #MQTT} with these features. */
    public static GatehouseConfig with(FeaturesConfig features) {
        GatehouseConfig plain = of(MQTT);
        return new GatehouseConfig(
                plain.listeners(),
                plain.authentication(),
                plain.authorization(),
                plain.interceptors(),
                plain.plugins(),
                plain.mqtt(),
                plain.bounds(),
                features,
                plain.guard(),
                plain.modules());
    }
}
