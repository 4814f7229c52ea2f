package io.gatehouse.kernel.config;

import java.time.Duration;
import java.util.List;

/**
 * Who connects and disconnects again and again is kept away for a while.
 *
 * @param enabled false by default: behind one address there may be many clients that know nothing of each other
 * @param maxDisconnects in one window, 2 to 1,000,000
 * @param window one second to a day
 * @param banTime one second to 30 days
 * @param exempt addresses that are never kept away, such as that of a load balancer; at most 1,000 blocks
 */
public record FlappingConfig(
        boolean enabled, int maxDisconnects, Duration window, Duration banTime, List<Cidr> exempt) {
    /** As by default. */
    public static final FlappingConfig DEFAULT =
            new FlappingConfig(false, 15, Duration.ofMinutes(1), Duration.ofMinutes(5), List.of());

    public FlappingConfig {
        exempt = List.copyOf(exempt);
    }
}
