package io.gatehouse.kernel.config;

import java.time.Duration;
import java.util.List;

/**
 * Who may publish and subscribe to what.
 *
 * @param sources module names in the order in which they are asked; default {@code [authz-acl]}
 * @param allowNoMatch what happens when no source has an opinion: true to allow, false (the default) to deny
 * @param deadline how long one call of a blocking module may take, 10 ms to 10 min; default 5 s
 * @param disconnectOnDeny true to disconnect a client that tries what it may not, false (the default) to ignore it
 * @param cacheSize decisions remembered per client, 0 to 100,000, 0 for none; default 32
 * @param cacheTime how long a decision is remembered, 0 to 1 d; default 1 min
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
