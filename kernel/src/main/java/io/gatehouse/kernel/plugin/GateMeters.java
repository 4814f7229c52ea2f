package io.gatehouse.kernel.plugin;

import io.gatehouse.kernel.security.GateMeter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The counters of all modules by name; a module that goes and comes back goes on counting where it stopped. */
final class GateMeters {
    private final Map<String, GateMeter> meters = new ConcurrentHashMap<>();

    GateMeter of(String module) {
        return meters.computeIfAbsent(module, GateMeter::new);
    }
}
