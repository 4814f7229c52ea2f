package io.gatehouse.sdk.plugin;

/**
 * Something beyond computing that a plugin does. What is not declared is refused where the broker can see it: the call throws a
 * {@link SecurityException} that names the capability. In the manifest the names are in lower case with dashes.
 */
public enum Capability {
    /** Opens connections, listens, or looks up names: sockets, HTTP, JNDI. */
    NETWORK,
    /** Reads or writes files and folders. */
    FILES,
    /** Reads environment variables. */
    ENVIRONMENT,
    /** Starts other programs, or looks at them. */
    PROCESSES,
    /** Loads native libraries, or touches memory that Java does not manage. */
    NATIVE_CODE,
    /** Makes classes at run time, which the broker does not see before they run. */
    DYNAMIC_CODE,
    /** Takes passwords, keys or tokens from its configuration. Shown to operators, not enforced. */
    SECRETS,
    /** Waits for something else, so that its answers may take their time; see {@link Blocking}. Shown to operators, not enforced. */
    BLOCKING
}
