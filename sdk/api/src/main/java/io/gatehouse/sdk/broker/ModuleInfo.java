package io.gatehouse.sdk.broker;

import java.util.List;

/**
 * One module as the kernel sees it.
 *
 * @param name the name used in configuration, such as {@code auth-ldap} or, for an instance, {@code auth-ldap.corp}
 * @param bundle the symbolic name of its bundle
 * @param version the version of its bundle
 * @param state where it is in its life
 * @param roles the SDK interfaces it offers, by simple name, sorted
 * @param detail one sentence for an operator: health when active, else what is missing and what to do
 * @param calls how often the kernel called it
 * @param failures how many of these calls failed
 */
public record ModuleInfo(
        String name,
        String bundle,
        String version,
        State state,
        List<String> roles,
        String detail,
        long calls,
        long failures) {

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
