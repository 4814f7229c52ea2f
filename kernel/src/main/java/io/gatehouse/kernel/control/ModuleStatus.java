package io.gatehouse.kernel.control;

import io.gatehouse.sdk.broker.ModuleInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One module as the command line shows it; {@link ModuleInfo} says what the numbers mean.
 *
 * @param since ISO 8601 in UTC; empty when it is not known
 * @param p99Micros in microseconds
 */
public record ModuleStatus(
        String name,
        String bundle,
        String version,
        ModuleInfo.State state,
        long generation,
        String since,
        List<String> roles,
        String detail,
        long calls,
        long refusals,
        long failures,
        long p99Micros,
        int leases) {
    public ModuleStatus {
        roles = List.copyOf(roles);
    }

    /** As the kernel sees it. */
    static ModuleStatus of(ModuleInfo module) {
        return new ModuleStatus(
                module.name(),
                module.bundle(),
                module.version(),
                module.state(),
                module.generation(),
                module.since().equals(Instant.EPOCH)
                        ? ""
                        : module.since().truncatedTo(ChronoUnit.SECONDS).toString(),
                module.roles(),
                module.detail(),
                module.calls(),
                module.refusals(),
                module.failures(),
                module.p99().toNanos() / 1_000,
                module.leases());
    }
}
