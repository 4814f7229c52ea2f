package io.gatehouse.kernel.config;

/**
 * What the broker holds at most, beyond the limits that {@link MqttConfig} announces to clients.
 *
 * @param maxSessions sessions in all, connected or not, 1 to 100,000,000; default 1,000,000
 */
public record BoundsConfig(int maxSessions) {
    /** As by default. */
    public static final BoundsConfig DEFAULT = new BoundsConfig(1_000_000);
}
