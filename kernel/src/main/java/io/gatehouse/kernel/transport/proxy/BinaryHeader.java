package io.gatehouse.kernel.transport.proxy;

import io.gatehouse.kernel.transport.proxy.ProxyHeader.Incomplete;
import io.gatehouse.kernel.transport.proxy.ProxyHeader.Malformed;
import io.gatehouse.kernel.transport.proxy.ProxyHeader.Source;
import io.gatehouse.kernel.transport.proxy.ProxyHeader.Unnamed;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Version 2: 12 bytes of signature, version and command, family, the length of the rest, addresses, and additions (TLVs), which are
 * skipped.
 */
final class BinaryHeader {
    static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};

    private static final int FIXED = 16;
    private static final int LONGEST_REST = 4_096;

    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;

    private static final int UNSPECIFIED = 0x00;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;
    private static final int UNIX_STREAM = 0x31;

    private BinaryHeader() {}

    static ProxyHeader read(ByteBuf in) {
        if (in.readableBytes() < FIXED) {
            return new Incomplete();
        }
        int start = in.readerIndex();
        int command = in.getUnsignedByte(start + 12);
        int family = in.getUnsignedByte(start + 13);
        int rest = in.getUnsignedShort(start + 14);
        if (command != LOCAL && command != PROXY) {
            return new Malformed("version and command are " + command);
        }
        if (rest > LONGEST_REST) {
            return new Malformed("it has " + rest + " bytes beyond the first " + FIXED);
        }
        if (in.readableBytes() < FIXED + rest) {
            return new Incomplete();
        }
        ProxyHeader header = command == LOCAL ? new Unnamed() : addresses(in, family, start + FIXED, rest);
        if (!(header instanceof Malformed)) {
            in.skipBytes(FIXED + rest);
        }
        return header;
    }

    private static ProxyHeader addresses(ByteBuf in, int family, int at, int length) {
        return switch (family) {
            case TCP_OVER_IPV4 -> source(in, at, length, 4);
            case TCP_OVER_IPV6 -> source(in, at, length, 16);
            case UNSPECIFIED, UNIX_STREAM -> new Unnamed();
            default -> new Malformed("the family of addresses is " + family);
        };
    }

    /** Source, destination, source port, destination port. */
    private static ProxyHeader source(ByteBuf in, int at, int length, int addressBytes) {
        if (length < 2 * addressBytes + 4) {
            return new Malformed("it ends within the addresses");
        }
        byte[] address = new byte[addressBytes];
        in.getBytes(at, address);
        try {
            int port = in.getUnsignedShort(at + 2 * addressBytes);
            return new Source(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
