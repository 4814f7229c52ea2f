package io.gatehouse.kernel.bench;

import io.netty.buffer.ByteBuf;

/** Writes PUBACK, PUBREC, PUBREL and PUBCOMP that say success: four bytes in every version. */
final class Acknowledgements {
    private static final int LENGTH = 2;

    private Acknowledgements() {}

    static void write(BenchClient client, int firstByte, int packetId) {
        ByteBuf out = client.out();
        out.writeByte(firstByte);
        out.writeByte(LENGTH);
        out.writeShort(packetId);
        client.written();
    }
}
