package io.gatehouse.kernel.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * A block of addresses of one family, such as {@code 10.0.0.0/8}. IPv4 addresses that are written as IPv6 ({@code ::ffff:10.0.0.1}) are
 * IPv4 addresses here.
 *
 * @param network the first address of the block
 * @param prefix how many of its bits count
 */
public record Cidr(InetAddress network, int prefix) {
    private static final int V4_IN_V6 = 96;

    /** Reads {@code address/bits} or one address; empty for anything else, and for an address with bits beyond the prefix. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        Optional<InetAddress> address = IpLiterals.parse(literal);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        boolean mapped = address.get() instanceof Inet4Address && literal.indexOf(':') >= 0;
        int longest = address.get().getAddress().length * Byte.SIZE + (mapped ? V4_IN_V6 : 0);
        int written = slash < 0 ? longest : prefix(text.substring(slash + 1), longest);
        int bits = mapped ? written - V4_IN_V6 : written;
        return bits < 0 || hasBitsBeyond(address.get(), bits)
                ? Optional.empty()
                : Optional.of(new Cidr(address.get(), bits));
    }

    /** -1 for what is no number of bits up to this many. */
    private static int prefix(String digits, int most) {
        boolean number = !digits.isEmpty()
                && digits.length() <= 3
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        return number && Integer.parseInt(digits) <= most ? Integer.parseInt(digits) : -1;
    }

    private static boolean hasBitsBeyond(InetAddress address, int prefix) {
        return !Arrays.equals(masked(address.getAddress(), prefix), address.getAddress());
    }

    private static byte[] masked(byte[] address, int prefix) {
        byte[] masked = new byte[address.length];
        System.arraycopy(address, 0, masked, 0, prefix / Byte.SIZE);
        if (prefix % Byte.SIZE != 0) {
            masked[prefix / Byte.SIZE] = (byte) (address[prefix / Byte.SIZE] & partOfByte(prefix));
        }
        return masked;
    }

    private static int partOfByte(int prefix) {
        return 0xFF00 >> (prefix % Byte.SIZE);
    }

    /** Whether the address is in the block. Any thread; does not block. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        int whole = prefix / Byte.SIZE;
        if (mine.length != other.length || Arrays.mismatch(mine, 0, whole, other, 0, whole) >= 0) {
            return false;
        }
        return prefix % Byte.SIZE == 0 || ((mine[whole] ^ other[whole]) & partOfByte(prefix) & 0xFF) == 0;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
