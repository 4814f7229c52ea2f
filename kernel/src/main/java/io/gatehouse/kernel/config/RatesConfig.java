package io.gatehouse.kernel.config;

/**
 * What one client, the clients of one listener, or all clients together may do in a time.
 *
 * @param connections that are opened; for a client, by its address
 * @param messages that are published
 * @param bytes that are sent, of whatever packets
 */
public record RatesConfig(Rate connections, Rate messages, Rate bytes) {
    /** No limits. */
    public static final RatesConfig UNLIMITED = new RatesConfig(Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED);

    /** True when what comes over a connection is limited. */
    public boolean limitsTraffic() {
        return messages.isLimited() || bytes.isLimited();
    }
}
