package io.gatehouse.kernel.plugin;

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
record Limits(Duration start, Duration health, Duration drain) {
    static Limits of(GatehouseConfig config) {
        PluginsConfig plugins = config.plugins();
        return new Limits(plugins.startDeadline(), plugins.healthDeadline(), plugins.drainDeadline());
    }
}
