package io.gatehouse.kernel.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Addresses as they are written in configurations and by proxies: read strictly, and never by asking a name server. */
public final class IpLiterals {
    private static final int LONGEST = 45;

    private IpLiterals() {}

    /**
     * Reads {@code 192.0.2.1} (four decimal numbers, no zero before another digit) or an IPv6 address without brackets and zone. An IPv4
     * address in the form of IPv6 becomes an IPv4 address. Empty for everything else.
     */
    public static Optional<InetAddress> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        return text.indexOf(':') < 0 ? v4(text) : v6(text);
    }

    /** The same address; one that is IPv4 in the form of IPv6 becomes IPv4. */
    public static InetAddress plain(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        try {
            InetAddress plain = InetAddress.getByAddress(address.getAddress());
            return plain instanceof Inet6Address ? address : plain; // else it would lose its zone
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }

    private static Optional<InetAddress> v4(String text) {
        return isV4(text) ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
    }

    /** Four decimal numbers. */
    static boolean isV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean number = !part.isEmpty()
                    && part.length() <= 3
                    && part.chars().allMatch(c -> c >= '0' && c <= '9')
                    && (part.length() == 1 || part.charAt(0) != '0');
            if (!number || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static Optional<InetAddress> v6(String text) {
        int lastColon = text.lastIndexOf(':');
        String tail = text.substring(lastColon + 1);
        boolean plain = text.chars().allMatch(c -> c == ':' || c == '.' || (c < 128 && Character.digit(c, 16) >= 0));
        if (!plain || (tail.indexOf('.') >= 0 && !isV4(tail))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Inet6Address.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
