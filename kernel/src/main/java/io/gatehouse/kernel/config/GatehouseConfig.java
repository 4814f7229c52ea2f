package io.gatehouse.kernel.config;

import java.util.Map;

/**
 * The whole checked configuration.
 *
 * @param listeners by name, such as {@code tcp.default}
 * @param modules the configuration of plugins by module name; for a factory instance {@code auth-ldap.corp}
 */
public record GatehouseConfig(
        Map<String, ListenerConfig> listeners,
        AuthenticationConfig authentication,
        AuthorizationConfig authorization,
        InterceptorsConfig interceptors,
        PluginsConfig plugins,
        MqttConfig mqtt,
        BoundsConfig bounds,
        FeaturesConfig features,
        GuardConfig guard,
        Map<String, ModuleConfig> modules) {
    public GatehouseConfig {
        listeners = Map.copyOf(listeners);
        modules = Map.copyOf(modules);
    }
}
