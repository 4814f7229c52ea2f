package io.gatehouse.kernel.security;

import io.gatehouse.kernel.config.PluginsConfig;
import java.time.Duration;

/**
 * What every module has to keep to.
 *
 * @param breakerFailures failures in a row after which the module is no longer called
 * @param breakerPause how long it is then left alone before it is tried again
 * @param concurrentCalls calls on virtual threads at the same time; those that were given up and still run count too
 */
public record GateLimits(int breakerFailures, Duration breakerPause, int concurrentCalls) {
    /** As the configuration has it by default. */
    public static final GateLimits DEFAULT = new GateLimits(20, Duration.ofSeconds(5), 1_000);

    /** As configured. */
    public static GateLimits of(PluginsConfig config) {
        return new GateLimits(config.breakerFailures(), config.breakerPause(), config.maxConcurrentCalls());
    }
}
