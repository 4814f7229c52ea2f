package io.gatehouse.kernel.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Who may say that a connection comes from somebody else.
 *
 * @param protocol whether each connection begins with a header of the PROXY protocol
 * @param timeout how long that header may take
 * @param trusted where proxies are; with {@code protocol} nobody else gets in
 */
public record ProxyConfig(boolean protocol, Duration timeout, List<Cidr> trusted) {
    /** What holds for what is not configured: nobody speaks for others. */
    public static final ProxyConfig DEFAULT = new ProxyConfig(false, Duration.ofSeconds(3), List.of());

    public ProxyConfig {
        trusted = List.copyOf(trusted);
    }

    /** Whether this is the address of a proxy. */
    public boolean trusts(InetAddress address) {
        for (Cidr network : trusted) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
