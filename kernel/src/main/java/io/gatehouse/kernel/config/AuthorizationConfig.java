package io.gatehouse.kernel.config;

import java.time.Duration;
import java.util.List;

/**
 * Who may publish and subscribe to what.
 *
 * @param sources module names in the order in which they are asked
 * @param allowNoMatch what happens when no source has an opinion: true to allow, false (the default) to deny
 * @param deadline how long one call of a blocking module may take
 * @param disconnectOnDeny true to disconnect a client that tries what it may not, false to ignore the attempt
 * @param cacheSize decisions remembered per client, 0 for none
 * @param cacheTime how long a decision is remembered
 */
public record AuthorizationConfig(
        List<String> sources,
        boolean allowNoMatch,
        Duration deadline,
        boolean disconnectOnDeny,
        int cacheSize,
        Duration cacheTime) {
    public AuthorizationConfig {
        sources = List.copyOf(sources);
    }
}
