package io.gatehouse.kernel.config;

import java.time.Duration;

/**
 * How much may come in which time, evenly or at once.
 *
 * @param amount connections, messages or bytes in one period, 1 to 10^12; {@link Long#MAX_VALUE} for no limit
 * @param period 100 milliseconds to a day
 * @param burst how much more than {@code amount} may come at once after a time of silence, 0 to 10^12
 */
public record Rate(long amount, Duration period, long burst) {
    /** No limit. */
    public static final Rate UNLIMITED = new Rate(Long.MAX_VALUE, Duration.ofSeconds(1), 0);

    /** False when there is no limit. */
    public boolean isLimited() {
        return amount != Long.MAX_VALUE;
    }
}
