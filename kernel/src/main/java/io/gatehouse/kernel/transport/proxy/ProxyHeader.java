package io.gatehouse.kernel.transport.proxy;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * What stands at the beginning of a connection according to the PROXY protocol, version 1 or 2
 * (<a href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">its description</a>). Read strictly: what is not exactly such a
 * header is malformed, as soon as that can be seen.
 */
public sealed interface ProxyHeader {
    /** More bytes are needed; never said of more than a few KiB. */
    record Incomplete() implements ProxyHeader {}

    /** Not a header. */
    record Malformed(String reason) implements ProxyHeader {}

    /** The connection comes from here. */
    record Source(InetSocketAddress address) implements ProxyHeader {}

    /** The proxy speaks for itself, or does not know for whom. */
    record Unnamed() implements ProxyHeader {}

    /**
     * Reads a header. It is consumed when it is complete, else nothing is.
     *
     * @param in everything that has arrived so far
     */
    static ProxyHeader read(ByteBuf in) {
        if (begins(in, BinaryHeader.SIGNATURE)) {
            return in.readableBytes() < BinaryHeader.SIGNATURE.length ? new Incomplete() : BinaryHeader.read(in);
        }
        byte[] word = TextHeader.WORD.getBytes(StandardCharsets.US_ASCII);
        if (begins(in, word)) {
            return in.readableBytes() < word.length ? new Incomplete() : TextHeader.read(in);
        }
        return new Malformed("it begins like neither version of the PROXY protocol");
    }

    /** Whether what has arrived is the beginning of this, or begins with it. */
    private static boolean begins(ByteBuf in, byte[] with) {
        int length = Math.min(in.readableBytes(), with.length);
        for (int i = 0; i < length; i++) {
            if (in.getByte(in.readerIndex() + i) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
