package io.gatehouse.kernel.config;

/**
 * What the broker offers beyond the specification.
 *
 * @param exclusiveSubscriptions whether {@code $exclusive/{topic}} gives one client the sole right to a topic; default false
 */
public record FeaturesConfig(boolean exclusiveSubscriptions) {
    /** As by default. */
    public static final FeaturesConfig DEFAULT = new FeaturesConfig(false);
}
