package io.gatehouse.kernel.plugin.module;

import io.gatehouse.kernel.security.GateLimits;
import io.gatehouse.kernel.security.GateMeter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The counters of all modules by name; a module that goes and comes back goes on counting where it stopped. */
public final class GateMeters {
    private final Map<String, GateMeter> meters = new ConcurrentHashMap<>();
    private volatile GateLimits limits = GateLimits.DEFAULT;

    GateMeter of(String module) {
        return meters.computeIfAbsent(module, name -> new GateMeter(name, limits));
    }

    /** Sets the limits of all modules; what a module offers already keeps those that it began with. */
    void limit(GateLimits replacement) {
        limits = replacement;
        meters.values().forEach(meter -> meter.limits(replacement));
    }
}
