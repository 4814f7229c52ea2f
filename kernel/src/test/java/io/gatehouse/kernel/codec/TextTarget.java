package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.fuzz.FuzzTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bytes of a string: well-formed exactly when the JDK's decoder says so, and without U+0000. */
final class TextTarget implements FuzzTarget {
    @Override
    public List<byte[]> seeds() {
        return List.of(
                "a".getBytes(StandardCharsets.UTF_8),
                "a longer text of nothing but ASCII".getBytes(StandardCharsets.UTF_8),
                "12345678\u00e9\u20ac\ud83d\ude00\uffff".getBytes(StandardCharsets.UTF_8),
                "\u07ff\u0800\ud7ff\ue000\ufffd\ud800\udc00\udbff\udfff".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void read(byte[] input, int choice) {
        Utf8.scan(buffer(input, choice), choice & 7, input.length);
    }

    /** Not always at the beginning of the buffer, nor at its end: the scan reads eight bytes at a time. */
    private static ByteBuf buffer(byte[] input, int choice) {
        return Unpooled.buffer(input.length + 16)
                .writeZero(choice & 7)
                .writeBytes(input)
                .writeByte(choice)
                .writeZero(7);
    }

    @Override
    public String check(byte[] input, int choice) {
        Utf8.Scan scan = Utf8.scan(buffer(input, choice), choice & 7, input.length);
        boolean accepted = scan == Utf8.Scan.ASCII || scan == Utf8.Scan.MULTIBYTE;
        if (accepted != isText(input)) {
            throw new AssertionError("found to be " + scan);
        }
        if (accepted && (scan == Utf8.Scan.ASCII) != isAscii(input)) {
            throw new AssertionError("found to be " + scan);
        }
        return scan.toString();
    }

    private static boolean isText(byte[] input) {
        try {
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(input))
                            .toString()
                            .indexOf('\0')
                    < 0;
        } catch (CharacterCodingException illFormed) {
            return false;
        }
    }

    private static boolean isAscii(byte[] input) {
        for (byte unit : input) {
            if (unit < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String describe(int choice) {
        return "at " + (choice & 7);
    }
}
