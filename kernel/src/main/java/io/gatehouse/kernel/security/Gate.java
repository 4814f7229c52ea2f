package io.gatehouse.kernel.security;

import org.jspecify.annotations.Nullable;

/**
 * One place in a chain: a module's service, or the hole where it should be.
 *
 * @param name the module's name as the configuration writes it
 * @param service what the module offers; null when it is absent
 * @param blocking true when the module declared that its calls may block
 * @param meter the module's counters
 * @param <T> the role
 */
public record Gate<T>(String name, @Nullable T service, boolean blocking, GateMeter meter) {

    /** A gate whose module is there. */
    public static <T> Gate<T> of(String name, T service, boolean blocking) {
        return new Gate<>(name, service, blocking, new GateMeter(name));
    }

    /** A gate whose module is not there. */
    public static <T> Gate<T> absent(String name) {
        return new Gate<>(name, null, false, new GateMeter(name));
    }
}
