package io.gatehouse.kernel.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What the configuration says to one module.
 *
 * <p>Two are equal when they say the same, element by element in arrays, so that a reload finds out what changed. The text form
 * names the properties without their values, because some are secrets.
 *
 * @param module the module's name, such as {@code auth-ldap}
 * @param instance the name of the factory instance, empty for a module that is configured once
 * @param properties for Config Admin: the module's own attribute identifiers with values of the declared types; settings that
 *     take a list are arrays, which nobody may change
 */
public record ModuleConfig(String module, String instance, Map<String, Object> properties) {
    public ModuleConfig {
        properties = Map.copyOf(properties);
    }

    /** The name in chains: {@code auth-ldap} or {@code auth-ldap.corp}. */
    public String name() {
        return instance.isEmpty() ? module : module + "." + instance;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModuleConfig that
                && module.equals(that.module)
                && instance.equals(that.instance)
                && comparable().equals(that.comparable());
    }

    /** The properties with lists in place of arrays, which would be compared by identity. */
    private Map<String, Object> comparable() {
        Map<String, Object> comparable = new HashMap<>(properties);
        comparable.replaceAll((key, value) -> value instanceof Object[] array ? List.of(array) : value);
        return comparable;
    }

    @Override
    public int hashCode() {
        return Objects.hash(module, instance, comparable());
    }

    @Override
    public String toString() {
        return "ModuleConfig[" + name() + " " + new TreeSet<>(properties.keySet()) + "]";
    }
}
