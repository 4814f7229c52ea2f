package io.gatehouse.kernel.config;

import java.util.Map;

/**
 * What the configuration says to one module.
 *
 * @param module the module's name, such as {@code auth-ldap}
 * @param instance the name of the factory instance, empty for a module that is configured once
 * @param properties for Config Admin: the module's own attribute identifiers with values of the declared types
 */
public record ModuleConfig(String module, String instance, Map<String, Object> properties) {
    public ModuleConfig {
        properties = Map.copyOf(properties);
    }

    /** The name in chains: {@code auth-ldap} or {@code auth-ldap.corp}. */
    public String name() {
        return instance.isEmpty() ? module : module + "." + instance;
    }
}
