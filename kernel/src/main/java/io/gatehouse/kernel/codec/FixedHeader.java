package io.gatehouse.kernel.codec;

import io.netty.buffer.ByteBuf;

/** The first two to five bytes of a packet (MQTT 5.0 section 2.1), and whether the receiver takes a packet of that size. */
final class FixedHeader {
    /** The largest packet that MQTT knows. */
    static final int MAXIMUM_PACKET_SIZE = 5 + VariableByteInteger.MAXIMUM;

    private FixedHeader() {}

    /** The size of a whole packet whose length after the fixed header is this. */
    static long packetSize(long remainingLength) {
        return 1 + VariableByteInteger.length(remainingLength) + remainingLength;
    }

    /** Whether a packet with this remaining length can be sent at all and to a receiver with this maximum. */
    static boolean fits(long remainingLength, int maximumPacketSize) {
        return remainingLength <= VariableByteInteger.MAXIMUM && packetSize(remainingLength) <= maximumPacketSize;
    }

    /** Appends the header and makes room for the rest; false, and nothing is written, when the packet does not fit. */
    static boolean write(ByteBuf out, int firstByte, long remainingLength, int maximumPacketSize) {
        if (!fits(remainingLength, maximumPacketSize)) {
            return false;
        }
        out.ensureWritable((int) packetSize(remainingLength));
        out.writeByte(firstByte);
        VariableByteInteger.write(out, (int) remainingLength);
        return true;
    }

    /** The packet identifier itself, when it is one. */
    static int requirePacketId(int packetId) {
        if (packetId < 1 || packetId > 0xFFFF) {
            throw new IllegalArgumentException("a packet identifier must be 1 to 65,535, not " + packetId);
        }
        return packetId;
    }
}
