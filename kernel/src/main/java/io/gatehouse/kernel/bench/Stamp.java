package io.gatehouse.kernel.bench;

import io.netty.buffer.ByteBuf;

/**
 * The first bytes of a payload: when the message was due, its number, and who sent it.
 *
 * <pre>
 *  0        8         12              13            16
 *  | time   | sequence | mark of the run | publisher |
 * </pre>
 *
 * The time is that of {@link Clock}; mark and publisher together are the <em>source</em>. A payload that others made is no stamp, as its
 * time would have to lie in the run by chance.
 */
final class Stamp {
    /** How many bytes it takes. */
    static final int SIZE = 16;

    /** Publishers that can be told apart. */
    static final int PUBLISHERS = 1 << 24;

    private static final int SEQUENCE = 8;
    private static final int SOURCE = 12;
    private static final int MARK_SHIFT = 24;

    private Stamp() {}

    static void write(ByteBuf out, long time, long sequence, int source) {
        out.writeLong(time);
        out.writeInt((int) sequence);
        out.writeInt(source);
    }

    static long time(ByteBuf in, int index) {
        return in.getLong(index);
    }

    static int sequence(ByteBuf in, int index) {
        return in.getInt(index + SEQUENCE);
    }

    static int source(ByteBuf in, int index) {
        return in.getInt(index + SOURCE);
    }

    /** The source that a publisher of this run writes. */
    static int source(int mark, int publisher) {
        return (mark << MARK_SHIFT) | publisher;
    }

    static int mark(int source) {
        return source >>> MARK_SHIFT;
    }

    static int publisher(int source) {
        return source & (PUBLISHERS - 1);
    }
}
