package io.gatehouse.kernel.develop;

import java.util.Set;

/**
 * One component of a plugin, as its description in the jar says.
 *
 * @param name the component's name, which is the module's
 * @param implementation the full name of its class
 * @param roles what it offers to the kernel; empty for a component that only serves others of its bundle
 */
public record PluginModule(String name, String implementation, Set<Role> roles) {
    public PluginModule {
        roles = Set.copyOf(roles);
    }
}
