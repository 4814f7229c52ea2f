package io.gatehouse.kernel.plugin.swap;

import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.PluginsConfig;
import java.time.Duration;

/**
 * How long the steps of a change may take.
 *
 * @param start to activate, and to offer what is wanted
 * @param health to become healthy
 * @param drain for calls and conversations with the old version to end
 */
public record Limits(Duration start, Duration health, Duration drain) {
    /** Those of this configuration. */
    public static Limits of(GatehouseConfig config) {
        PluginsConfig plugins = config.plugins();
        return new Limits(plugins.startDeadline(), plugins.healthDeadline(), plugins.drainDeadline());
    }
}
