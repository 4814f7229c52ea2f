package io.gatehouse.kernel.warmup;

import io.gatehouse.kernel.config.AuthenticationConfig;
import io.gatehouse.kernel.config.AuthorizationConfig;
import io.gatehouse.kernel.config.BoundsConfig;
import io.gatehouse.kernel.config.FeaturesConfig;
import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.GuardConfig;
import io.gatehouse.kernel.config.InterceptorsConfig;
import io.gatehouse.kernel.config.ListenerConfig;
import io.gatehouse.kernel.config.ListenerKind;
import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.config.PluginTrust;
import io.gatehouse.kernel.config.PluginsConfig;
import io.gatehouse.kernel.config.TrustConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of the {@link Stage}: always the same, whatever the operator's says, so that what is played always fits. It is in
 * force nowhere else.
 */
final class StageConfig {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration BREAK = Duration.ofSeconds(5);

    static final MqttConfig MQTT = new MqttConfig(
            1 << 20,
            DEADLINE,
            Duration.ZERO,
            32,
            100,
            1_000,
            Duration.ofMinutes(5),
            Duration.ofHours(2),
            MqttConfig.FOR_EVER,
            65_535,
            10,
            65_535,
            1_000_000,
            1_000_000);

    private static final ListenerConfig LISTENER =
            ListenerConfig.of(ListenerKind.TCP, "tcp.warm-up", "127.0.0.1", 0, 1_000);

    static final GatehouseConfig ALL = new GatehouseConfig(
            Map.of(LISTENER.name(), LISTENER),
            new AuthenticationConfig(List.of(), DEADLINE, Duration.ZERO),
            new AuthorizationConfig(List.of(), true, DEADLINE, false, 32, Duration.ofMinutes(1)),
            new InterceptorsConfig(List.of(), List.of(), List.of(), List.of(), DEADLINE),
            new PluginsConfig(
                    new TrustConfig(PluginTrust.ANY, Optional.empty(), Optional.empty(), Set.of()),
                    false,
                    DEADLINE,
                    DEADLINE,
                    DEADLINE,
                    20,
                    BREAK,
                    1_000),
            MQTT,
            BoundsConfig.DEFAULT,
            FeaturesConfig.DEFAULT,
            GuardConfig.DEFAULT,
            Map.of());

    private StageConfig() {}
}
