package io.gatehouse.kernel.plugin.module;

import java.util.List;

/**
 * One service of a plugin.
 *
 * @param module the name in configuration
 * @param roles the SDK interfaces under which it is registered
 * @param blocking true when the component is marked {@link io.gatehouse.sdk.plugin.Blocking}
 * @param service the plugin's object
 * @param bundle the symbolic name of its bundle
 * @param version of its bundle
 * @param bundleId tells two instances of one bundle apart
 * @param rank among offers of the same module and role the highest wins
 */
public record Offer(
        String module,
        List<Class<?>> roles,
        boolean blocking,
        Object service,
        String bundle,
        String version,
        long bundleId,
        Comparable<Object> rank) {

    /** True when it is this component's, whatever the instance. */
    public boolean isOf(String component) {
        return module.equals(component) || module.startsWith(component + ".");
    }

    /** True when it can be called as this. */
    public boolean has(Class<?> role) {
        return roles.contains(role);
    }
}
