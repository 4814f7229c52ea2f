package io.gatehouse.authz.acl.rule;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/** A block of IP addresses, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; one address is a block of its own. */
final class AddressRange {
    /** No leading zeros: some read them as octal. */
    private static final Pattern DOTTED = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private static final Pattern COLONS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");

    private final byte[] network;
    private final int prefix;

    private AddressRange(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Reads a block; never asks a name server. Bits behind the prefix are ignored.
     *
     * @throws IllegalArgumentException with one sentence on what is allowed
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        int bits = address instanceof Inet4Address ? 32 : 128;
        return new AddressRange(address.getAddress(), slash < 0 ? bits : prefix(text.substring(slash + 1), bits));
    }

    private static InetAddress address(String text) {
        boolean literal = text.indexOf(':') < 0
                ? DOTTED.matcher(text).matches()
                : COLONS.matcher(text).matches();
        if (literal) {
            try {
                return InetAddress.ofLiteral(text);
            } catch (IllegalArgumentException noLiteral) {
                // Told below, in words of this language.
            }
        }
        throw new IllegalArgumentException(
                "an IP address or a block such as \"10.0.0.0/8\" or \"2001:db8::/32\" is expected");
    }

    private static int prefix(String text, int bits) {
        if (!LENGTH.matcher(text).matches() || Integer.parseInt(text) > bits) {
            throw new IllegalArgumentException("the number behind / must be between 0 and " + bits);
        }
        return Integer.parseInt(text);
    }

    /** True when the address is in the block. An IPv4 address is in no block of IPv6 addresses, and the other way round. */
    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        int whole = prefix >> 3;
        for (int i = 0; i < whole; i++) {
            if (bytes[i] != network[i]) {
                return false;
            }
        }
        int rest = prefix & 7;
        return rest == 0 || ((bytes[whole] ^ network[whole]) & 0xFF) >> (8 - rest) == 0;
    }
}
