package io.gatehouse.kernel.security;

import org.jspecify.annotations.Nullable;

/**
 * One place in a chain: a module's service, or the hole where it should be.
 *
 * @param name the module's name as the configuration writes it
 * @param service what the module offers; null when it is absent
 * @param blocking true when the module declared that its calls may block
 * @param meter the module's counters
 * @param conduct how this service has behaved
 * @param absentSince when the module was found absent, in nanoseconds of {@link System#nanoTime}; means nothing when it is there
 * @param <T> the role
 */
public record Gate<T>(
        String name, @Nullable T service, boolean blocking, GateMeter meter, Conduct conduct, long absentSince) {

    /** A gate on probation, or one that is absent since this moment of {@link System#nanoTime}. */
    public Gate(String name, @Nullable T service, boolean blocking, GateMeter meter, long absentSince) {
        this(name, service, blocking, meter, meter.conductOf(service), absentSince);
    }

    /** A gate whose module is there and has served its probation. */
    public static <T> Gate<T> of(String name, T service, boolean blocking) {
        Gate<T> gate = new Gate<>(name, service, blocking, new GateMeter(name), 0);
        gate.conduct.trust().trust();
        return gate;
    }

    /** A gate whose module is not there, since this moment. */
    public static <T> Gate<T> absent(String name) {
        return new Gate<>(name, null, false, new GateMeter(name), System.nanoTime());
    }

    /** True when the service must not be called on a lane: it declared to block, is on probation, or was caught blocking. */
    public boolean isOffLane() {
        return blocking || !conduct.trust().isOnLane();
    }
}
