package io.gatehouse.kernel.config;

import java.time.Duration;

/**
 * What keeps clients from doing too much: before authentication by address, after it by identity.
 *
 * @param maxConnections connections of all listeners together, 1 to 10,000,000; default 1,000,000
 * @param client what one client may do
 * @param listener what the clients of one listener may do together, of each listener
 * @param node what all clients may do together
 * @param maxPause how long a client that is too fast waits at most before its messages are refused, 0 to 10 minutes; default 10 s
 */
public record GuardConfig(
        int maxConnections,
        RatesConfig client,
        RatesConfig listener,
        RatesConfig node,
        Duration maxPause,
        FlappingConfig flapping) {
    /** As by default. */
    public static final GuardConfig DEFAULT = new GuardConfig(
            1_000_000,
            RatesConfig.UNLIMITED,
            RatesConfig.UNLIMITED,
            RatesConfig.UNLIMITED,
            Duration.ofSeconds(10),
            FlappingConfig.DEFAULT);
}
