package io.gatehouse.kernel.codec;

/**
 * Where packets are taken apart: what a {@link PacketDecoder} needs while it reads one packet, and leaves empty. A lane has one for all its
 * connections, so that a connection at rest holds none of it. Belongs to one thread.
 */
public final class DecoderDesk {
    private final PacketReader reader = new PacketReader();

    PacketReader reader() {
        return reader;
    }
}
