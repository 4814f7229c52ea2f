package io.gatehouse.kernel.plugin.host;

import io.gatehouse.kernel.config.AuthenticationConfig;
import io.gatehouse.kernel.config.AuthorizationConfig;
import io.gatehouse.kernel.config.BoundsConfig;
import io.gatehouse.kernel.config.FeaturesConfig;
import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.GuardConfig;
import io.gatehouse.kernel.config.InterceptorsConfig;
import io.gatehouse.kernel.config.ModuleConfig;
import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.config.PluginsConfig;
import io.gatehouse.kernel.config.TrustConfig;
import io.gatehouse.kernel.fakes.TestConfigs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Configurations for tests of the host: chains and modules, everything else as by default. */
final class Configs {
    private final List<String> authentication = new ArrayList<>();
    private final List<String> authorization = new ArrayList<>();
    private final List<String> connect = new ArrayList<>();
    private final List<String> publish = new ArrayList<>();
    private final List<String> subscribe = new ArrayList<>();
    private final List<String> delivery = new ArrayList<>();
    private final Map<String, ModuleConfig> modules = new HashMap<>();

    private Duration startDeadline = TestConfigs.plugins().startDeadline();
    private Duration healthDeadline = TestConfigs.plugins().healthDeadline();
    private Duration drainDeadline = TestConfigs.plugins().drainDeadline();

    private TrustConfig trust = TestConfigs.plugins().trust();
    private boolean approvalRequired;

    Configs trust(TrustConfig replacement) {
        trust = replacement;
        return this;
    }

    Configs approvalRequired() {
        approvalRequired = true;
        return this;
    }

    Configs startDeadlineMillis(long millis) {
        startDeadline = Duration.ofMillis(millis);
        return this;
    }

    Configs healthDeadlineMillis(long millis) {
        healthDeadline = Duration.ofMillis(millis);
        return this;
    }

    Configs drainDeadlineMillis(long millis) {
        drainDeadline = Duration.ofMillis(millis);
        return this;
    }

    Configs authentication(String... names) {
        authentication.addAll(List.of(names));
        return this;
    }

    Configs authorization(String... names) {
        authorization.addAll(List.of(names));
        return this;
    }

    Configs interceptors(String name) {
        connect.add(name);
        publish.add(name);
        subscribe.add(name);
        delivery.add(name);
        return this;
    }

    Configs module(String module, String instance, Map<String, Object> properties) {
        ModuleConfig config = new ModuleConfig(module, instance, properties);
        modules.put(config.name(), config);
        return this;
    }

    GatehouseConfig build() {
        Duration deadline = Duration.ofSeconds(20);
        return new GatehouseConfig(
                Map.of(),
                new AuthenticationConfig(authentication, deadline, Duration.ofSeconds(3)),
                new AuthorizationConfig(authorization, false, deadline, false, 32, Duration.ofMinutes(1)),
                new InterceptorsConfig(connect, publish, subscribe, delivery, deadline),
                plugins(),
                new MqttConfig(
                        1 << 20,
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
                        10_000,
                        1_000_000),
                BoundsConfig.DEFAULT,
                FeaturesConfig.DEFAULT,
                GuardConfig.DEFAULT,
                modules);
    }

    private PluginsConfig plugins() {
        PluginsConfig defaults = TestConfigs.plugins();
        return new PluginsConfig(
                trust,
                approvalRequired,
                startDeadline,
                healthDeadline,
                drainDeadline,
                defaults.breakerFailures(),
                defaults.breakerPause(),
                defaults.maxConcurrentCalls());
    }
}
