package io.gatehouse.kernel.transport.proxy;

import io.gatehouse.kernel.config.IpLiterals;
import io.gatehouse.kernel.config.ProxyConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * The header {@code X-Forwarded-For}: each proxy appends the address that it got the request from, so it is read from the right, and only
 * as far as proxies that are trusted wrote it. What stands left of that was sent by the client, and may be anything.
 */
public final class ForwardedFor {
    private static final int MAX_PORT = 65_535;

    private ForwardedFor() {}

    /**
     * Where a request comes from.
     *
     * @param headers the values of the header, in their order; maybe none
     * @param sender who sent the request to us
     * @return the right-most address that is none of a trusted proxy; empty when a proxy wrote something that is no address
     */
    public static Optional<InetSocketAddress> origin(
            List<String> headers, InetSocketAddress sender, ProxyConfig proxies) {
        if (headers.isEmpty() || !proxies.trusts(sender.getAddress())) {
            return Optional.of(sender);
        }
        String[] hops = String.join(",", headers).split(",", -1);
        Optional<InetSocketAddress> origin = Optional.empty();
        for (int i = hops.length - 1; i >= 0; i--) {
            origin = hop(hops[i].strip());
            if (origin.isEmpty() || !proxies.trusts(origin.get().getAddress())) {
                break;
            }
        }
        return origin;
    }

    /** An address, or {@code 192.0.2.1:1234}, {@code [2001:db8::1]} or {@code [2001:db8::1]:1234}. */
    private static Optional<InetSocketAddress> hop(String text) {
        Optional<InetAddress> plain = IpLiterals.parse(text);
        if (plain.isPresent()) {
            return Optional.of(new InetSocketAddress(plain.get(), 0));
        }
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            boolean v6 = end > 0 && text.substring(1, end).indexOf(':') >= 0;
            return v6 ? hop(text.substring(1, end), text.substring(end + 1)) : Optional.empty();
        }
        int colon = text.indexOf(':');
        return colon < 0 ? Optional.empty() : hop(text.substring(0, colon), text.substring(colon));
    }

    private static Optional<InetSocketAddress> hop(String address, String port) {
        boolean number = port.isEmpty() || port.matches(":[0-9]{1,5}");
        int value = number && !port.isEmpty() ? Integer.parseInt(port.substring(1)) : 0;
        return number && value <= MAX_PORT
                ? IpLiterals.parse(address).map(literal -> new InetSocketAddress(literal, value))
                : Optional.empty();
    }
}
