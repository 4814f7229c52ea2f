package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.codec.PacketDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * What is done with bytes that have arrived and cannot be handled yet: the beginning of a packet, or whatever came while reading is
 * paused. They are copied as seldom as possible, and a large read buffer is not held for a few of them.
 */
final class UnreadBytes {
    /** How many bytes a connection holds for a packet that has only begun to come. */
    private static final int MOST_ROOM_AHEAD = 2 * 1024;

    /** A buffer that is that much larger than what is needed is not worth another one. */
    private static final int SMALL = 512;

    private UnreadBytes() {}

    /** Moves what the packet that came in part lacks, and no more: what follows it is decoded where it is. */
    static void complete(ByteBuf part, ByteBuf arrived) {
        int missing = PacketDecoder.missing(part);
        while (missing > 0 && arrived.isReadable()) {
            if (part.writableBytes() < missing) {
                part.discardReadBytes();
            }
            part.writeBytes(arrived, Math.min(missing, arrived.readableBytes()));
            missing = PacketDecoder.missing(part);
        }
    }

    /** Moves all that has arrived behind what is there. */
    static void append(ByteBuf rest, ByteBuf arrived) {
        rest.discardReadBytes().writeBytes(arrived);
    }

    /**
     * A buffer to keep these bytes in: the one in which they are, unless it is much too large. What is there need not be copied again
     * with each byte that comes, however slowly a packet does, nor with each packet that is taken out of many. When there is no memory
     * for another buffer, the one in which they are is released all the same.
     */
    static ByteBuf kept(ByteBuf rest, ByteBufAllocator allocator) {
        int room = room(rest);
        if (rest.capacity() <= room + rest.readableBytes() + SMALL) {
            return rest;
        }
        try {
            return allocator.buffer(room).writeBytes(rest);
        } finally {
            rest.release();
        }
    }

    /** A packet that came in part gets its room at once, as far as that is not much more than what came of it. */
    private static int room(ByteBuf part) {
        int present = part.readableBytes();
        return present + Math.min(PacketDecoder.missing(part), Math.max(present, MOST_ROOM_AHEAD));
    }
}
