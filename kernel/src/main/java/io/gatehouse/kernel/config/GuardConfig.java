package io.gatehouse.kernel.config;

/**
 * What keeps clients from doing too much: before authentication by address, after it by identity.
 *
 * @param maxConnections connections of all listeners together, 1 to 10,000,000; default 1,000,000
 */
public record GuardConfig(int maxConnections) {
    /** As by default. */
    public static final GuardConfig DEFAULT = new GuardConfig(1_000_000);
}
