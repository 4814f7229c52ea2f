package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.fuzz.FuzzTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;

/** A variable byte integer: read as the specification's algorithm reads it, and written back in as many bytes. */
final class LengthTarget implements FuzzTarget {
    private static final int BYTES = 6;

    @Override
    public List<byte[]> seeds() {
        return List.of(
                new byte[] {0},
                new byte[] {0x7F},
                new byte[] {(byte) 0x80, 1},
                new byte[] {(byte) 0xFF, 0x7F},
                new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0x7F},
                new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, 1},
                new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F});
    }

    @Override
    public void read(byte[] input, int choice) {
        VariableByteInteger.read(Unpooled.wrappedBuffer(input), 0, Math.min(BYTES, input.length));
    }

    @Override
    public String check(byte[] input, int choice) {
        int limit = Math.min(BYTES, input.length);
        int value = VariableByteInteger.read(Unpooled.wrappedBuffer(input), 0, limit);
        int expected = expected(ByteBuffer.wrap(input, 0, limit));
        if (value != expected) {
            throw new AssertionError("read as " + value + " instead of " + expected);
        }
        if (value >= 0) {
            ByteBuf out = Unpooled.buffer();
            VariableByteInteger.write(out, value);
            if (VariableByteInteger.length(value) != out.readableBytes()
                    || VariableByteInteger.read(out, 0, out.writerIndex()) != value) {
                throw new AssertionError(value + " is not written as it was read");
            }
        }
        return value < 0 ? "" + value : "bytes: " + "I".repeat(VariableByteInteger.length(value));
    }

    private static int expected(ByteBuffer in) {
        try {
            return PropertyTable.variable(in);
        } catch (BufferUnderflowException incomplete) {
            return VariableByteInteger.INCOMPLETE;
        } catch (IllegalArgumentException invalid) {
            return "too long".equals(invalid.getMessage())
                    ? VariableByteInteger.TOO_LONG
                    : VariableByteInteger.NOT_MINIMAL;
        }
    }

    @Override
    public String describe(int choice) {
        return "";
    }
}
