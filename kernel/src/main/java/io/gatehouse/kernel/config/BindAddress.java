package io.gatehouse.kernel.config;

import java.net.Inet6Address;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a listener listens.
 *
 * @param host an IPv4 address, an IPv6 address without brackets, or a name; lower case
 * @param port 0 for any
 */
record BindAddress(String host, int port) {
    /** Any free port of this machine's IPv4 addresses. */
    static final BindAddress ANY = new BindAddress("0.0.0.0", 0);

    private static final int MAX_NAME = 253;
    private static final int MAX_PORT = 65_535;
    private static final String ANY_V4 = "0.0.0.0";
    private static final String ANY_V6 = "0:0:0:0:0:0:0:0";

    /** Reads {@code host:port} or {@code [v6]:port}. */
    static Optional<BindAddress> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        return port(text.substring(colon + 1))
                .flatMap(port -> host(text.substring(0, colon)).map(host -> new BindAddress(host, port)));
    }

    private static Optional<Integer> port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(text)).filter(port -> port <= MAX_PORT);
    }

    private static Optional<String> host(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (host.startsWith("[") && host.endsWith("]")) {
            return Optional.of(host.substring(1, host.length() - 1)).filter(BindAddress::isV6);
        }
        boolean digitsOnly = host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        return Optional.of(host).filter(digitsOnly ? IpLiterals::isV4 : BindAddress::isName);
    }

    private static boolean isV6(String host) {
        int zone = host.indexOf('%');
        String address = zone < 0 ? host : host.substring(0, zone);
        try {
            // The interface of a zone need not exist yet, so it is not looked at.
            Inet6Address.ofLiteral(address);
            return address.indexOf(':') >= 0 && address.indexOf('[') < 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isName(String host) {
        return host.length() <= MAX_NAME
                && Character.isLetterOrDigit(host.charAt(0))
                && host.chars()
                        .allMatch(c ->
                                c == '-' || c == '.' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
    }

    /** Whether the system would refuse to listen on both: the same address, or one is every address. */
    boolean collidesWith(BindAddress other) {
        return port != 0 && port == other.port && (covers(other) || other.covers(this));
    }

    private boolean covers(BindAddress other) {
        return canonical().equals(other.canonical())
                || canonical().equals(ANY_V6)
                || (canonical().equals(ANY_V4) && other.host.indexOf(':') < 0);
    }

    private String canonical() {
        if (host.equals("localhost")) {
            return "127.0.0.1";
        }
        boolean v6WithoutZone = host.indexOf(':') >= 0 && host.indexOf('%') < 0;
        return v6WithoutZone ? Inet6Address.ofLiteral(host).getHostAddress() : host;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
