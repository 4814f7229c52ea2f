package io.gatehouse.kernel.control;

import io.gatehouse.kernel.broker.BoundsReport;
import io.gatehouse.kernel.guard.GuardReport;
import io.gatehouse.sdk.broker.Statistics;
import java.util.List;

/**
 * How a running broker is.
 *
 * @param version of Gatehouse
 * @param pid the process identifier
 * @param startedAt when it began to listen, ISO 8601 in UTC
 * @param uptimeSeconds since then
 * @param listeners such as {@code tcp.default 127.0.0.1:1883}
 * @param guard what limits and bans did
 * @param bounds what the bounds of the broker did, and how much memory there is
 * @param modulesNotActive the modules an operator should look at
 */
public record BrokerStatus(
        String version,
        long pid,
        String startedAt,
        long uptimeSeconds,
        List<String> listeners,
        Statistics statistics,
        GuardReport guard,
        BoundsReport bounds,
        List<ModuleStatus> modulesNotActive) {
    public BrokerStatus {
        listeners = List.copyOf(listeners);
        modulesNotActive = List.copyOf(modulesNotActive);
    }
}
