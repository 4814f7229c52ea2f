package io.gatehouse.kernel.codec;

import io.netty.buffer.ByteBuf;

/** The variable byte integer (MQTT 5.0 section 1.5.5): seven bits a byte, lowest first, at most four bytes. */
final class VariableByteInteger {
    /** The largest value that four bytes hold. */
    static final int MAXIMUM = 268_435_455;

    /** Returned by {@link #read}: the last byte is not there yet. */
    static final int INCOMPLETE = -1;

    /** Returned by {@link #read}: the fourth byte announces a fifth. */
    static final int TOO_LONG = -2;

    /** Returned by {@link #read}: fewer bytes would have done. */
    static final int NOT_MINIMAL = -3;

    private static final int MAXIMUM_BYTES = 4;

    private VariableByteInteger() {}

    /** The value whose first byte is at {@code index} and whose last is before {@code limit}, or one of the negative constants. */
    static int read(ByteBuf in, int index, int limit) {
        int value = 0;
        for (int count = 0; count < MAXIMUM_BYTES; count++) {
            if (index + count >= limit) {
                return INCOMPLETE;
            }
            byte digit = in.getByte(index + count);
            value |= (digit & 0x7F) << (7 * count);
            if (digit >= 0) {
                return digit == 0 && count > 0 ? NOT_MINIMAL : value;
            }
        }
        return TOO_LONG;
    }

    /** How many bytes the value takes; 4 also for values that are too large, which {@link FixedHeader} refuses. */
    static int length(long value) {
        if (value < 128) {
            return 1;
        }
        if (value < 16_384) {
            return 2;
        }
        return value < 2_097_152 ? 3 : MAXIMUM_BYTES;
    }

    /** Appends a value of 0 to {@link #MAXIMUM}. */
    static void write(ByteBuf out, int value) {
        int rest = value;
        while (rest > 0x7F) {
            out.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
