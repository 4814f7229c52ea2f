package io.gatehouse.kernel.plugin.module;

import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.security.GateCall;
import io.gatehouse.kernel.security.GateFailure;
import io.gatehouse.sdk.plugin.PluginHealth;
import io.gatehouse.sdk.plugin.PluginHealth.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the plugins how they are, on one virtual thread: after each change and from time to time. What they answered last can be read at
 * any time by anybody.
 */
public final class HealthWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final SnapshotHolder holder;
    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    /** Apart from the modules' own counters: how often somebody asked for health says nothing about a module's work. */
    private final GateMeters meters = new GateMeters();

    private final Thread thread = Thread.ofVirtual().name("plugin-health").unstarted(this::watch);

    /** For the modules of this catalog. */
    public HealthWatch(Catalog catalog) {
        this.holder = catalog.holder();
    }

    /** Begins to ask; once. */
    public void start() {
        thread.start();
    }

    /** Why this module is degraded; empty when it is up or has nothing to say. */
    Optional<String> degraded(String module) {
        return Optional.ofNullable(reasons.get(module));
    }

    /** Asks all now; blocks up to the deadline for each. */
    void checkNow() {
        Map<String, PluginHealth> plugins = holder.current().health();
        reasons.keySet().retainAll(plugins.keySet());
        plugins.keySet().forEach(this::check);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long generation = holder.current().generation();
                checkNow();
                holder.awaitChange(generation, PERIOD);
            }
        } catch (InterruptedException e) {
            // close() says so: the watch is over
        }
    }

    private void check(String module) {
        // Leased anew for each: a slow answer must not keep other modules from being stopped longer than it takes.
        try (PluginLease lease = holder.lease()) {
            PluginHealth plugin = lease.snapshot().health().get(module);
            String reason = plugin == null ? null : ask(module, plugin);
            // An answer that close() cut off says nothing about the plugin.
            if (plugin != null && !Thread.currentThread().isInterrupted()) {
                note(module, reason);
            }
        }
    }

    private @Nullable String ask(String module, PluginHealth plugin) {
        try {
            Status status =
                    GateCall.within(DEADLINE, new Gate<>(module, plugin, true, meters.of(module), 0), plugin::health);
            return switch (status) {
                case Status.Up up -> null;
                case Status.Degraded degraded -> degraded.reason();
            };
        } catch (GateFailure failure) {
            return "it could not tell its health: " + failure.getMessage();
        }
    }

    private void note(String module, @Nullable String reason) {
        String before = reason == null ? reasons.remove(module) : reasons.put(module, reason);
        if (reason != null && !reason.equals(before)) {
            LOG.warn("module {} is degraded: {}", module, reason);
        } else if (reason == null && before != null) {
            LOG.info("module {} is up again", module);
        }
    }
}
