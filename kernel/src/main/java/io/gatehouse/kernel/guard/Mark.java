package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.config.IpLiterals;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Stands for an address or an identity in 16 bytes, however long its names are. It can be compared, so that nobody slows a hash map
 * down by choosing names.
 */
record Mark(long high, long low) implements Comparable<Mark> {
    private static final int V4 = 4;
    private static final int V6 = 6;

    /** An IPv4 address; of an IPv6 address the first 64 bits, for the others are its owner's to choose. */
    static Mark of(InetAddress address) {
        byte[] bytes = IpLiterals.plain(address).getAddress();
        return bytes.length == V4
                ? new Mark(V4, ByteBuffer.wrap(bytes).getInt())
                : new Mark(V6, ByteBuffer.wrap(bytes).getLong());
    }

    /** Several texts in this order: a digest that nobody finds a second time. */
    static Mark of(String... texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        ByteBuffer mark = ByteBuffer.wrap(digest.digest());
        return new Mark(mark.getLong(), mark.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public int compareTo(Mark other) {
        int first = Long.compare(high, other.high);
        return first != 0 ? first : Long.compare(low, other.low);
    }
}
