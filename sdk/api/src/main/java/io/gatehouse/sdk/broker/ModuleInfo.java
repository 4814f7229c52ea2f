package io.gatehouse.sdk.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One module as the kernel sees it.
 *
 * @param name the name used in configuration, such as {@code auth-ldap} or, for an instance, {@code auth-ldap.corp}
 * @param bundle the symbolic name of its bundle
 * @param version the version of its bundle
 * @param state where it is in its life
 * @param generation of the chains at the time when what runs under this name began to: a module that was replaced or restarted has a
 *     higher one than before
 * @param since when it came into this state; {@link Instant#EPOCH} when that is not known
 * @param roles the SDK interfaces it offers, by simple name, sorted
 * @param detail one sentence for an operator: health when active, else what is missing and what to do
 * @param calls how often the kernel called it
 * @param refusals how many of these calls ended in a refusal that the module decided
 * @param failures how often it gave no decision: late, an exception, no answer or a forbidden one, or not called because its circuit
 *     was open or too many of its calls ran
 * @param p99 what 99 of 100 calls of the last minute or two did not exceed, at most a quarter too large; zero when there were none. Of
 *     calls on lanes one in 64 is timed
 * @param leases how many packets and conversations hold what runs under this name at this moment
 */
public record ModuleInfo(
        String name,
        String bundle,
        String version,
        State state,
        long generation,
        Instant since,
        List<String> roles,
        String detail,
        long calls,
        long refusals,
        long failures,
        Duration p99,
        int leases) {

    /** Where a module is in its life. */
    public enum State {
        /** Offers its services and is healthy. */
        ACTIVE,
        /** Offers its services and says that something is wrong. */
        DEGRADED,
        /** Installed, but something it needs is missing. */
        WAITING,
        /** Named in the configuration, but no bundle offers it. */
        ABSENT,
        /** The bundle could not be installed or started. */
        FAILED
    }

    public ModuleInfo {
        roles = List.copyOf(roles);
    }
}
