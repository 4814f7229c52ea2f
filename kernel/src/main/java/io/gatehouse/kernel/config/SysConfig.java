package io.gatehouse.kernel.config;

import java.time.Duration;

/**
 * What the broker tells about itself under {@code $SYS/broker}. Each key stands under {@code sys}.
 *
 * @param heartbeat between two messages that tell that it lives; 0 for none, at most 1 h; default 30 s
 * @param interval between two rounds of statistics; 0 for none, at most 1 h; default 60 s
 */
public record SysConfig(Duration heartbeat, Duration interval) {
    /** As by default. */
    public static final SysConfig DEFAULT = new SysConfig(Duration.ofSeconds(30), Duration.ofSeconds(60));
}
