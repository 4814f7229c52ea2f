package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** UTF-8 strings and binary data with their two length bytes (MQTT 5.0 sections 1.5.4 and 1.5.6). */
final class Utf8 {
    /** What the bytes of a string turned out to be. */
    enum Scan {
        /** Well-formed, each byte one character. */
        ASCII,
        /** Well-formed, with characters of several bytes. */
        MULTIBYTE,
        /** U+0000 occurs, which [MQTT-1.5.4-2] forbids. */
        NUL,
        /** Not well-formed UTF-8, surrogates included ([MQTT-1.5.4-1]). */
        ILL_FORMED
    }

    /** The longest string or binary that two length bytes can announce. */
    static final int MAXIMUM_BYTES = 0xFFFF;

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;

    private Utf8() {}

    /** Classifies the bytes; eight at a time as long as they are ASCII. */
    static Scan scan(ByteBuf in, int index, int length) {
        int end = index + length;
        int at = index;
        while (at + Long.BYTES <= end) {
            long word = in.getLong(at);
            if ((word & HIGH_BITS) != 0) {
                break;
            }
            // Without high bits a borrow reaches bit 7 of a byte exactly when some byte is 0.
            if (((word - LOW_BITS) & HIGH_BITS) != 0) {
                return Scan.NUL;
            }
            at += Long.BYTES;
        }
        while (at < end) {
            byte unit = in.getByte(at);
            if (unit < 0) {
                return scanMultibyte(in, at, end);
            }
            if (unit == 0) {
                return Scan.NUL;
            }
            at++;
        }
        return Scan.ASCII;
    }

    private static Scan scanMultibyte(ByteBuf in, int index, int end) {
        int at = index;
        while (at < end) {
            int lead = in.getUnsignedByte(at);
            if (lead == 0) {
                return Scan.NUL;
            }
            int width = sequenceLength(lead);
            if (width == 0 || at + width > end || !continues(in, at, lead, width)) {
                return Scan.ILL_FORMED;
            }
            at += width;
        }
        return Scan.MULTIBYTE;
    }

    /** By the lead byte; 0 when it cannot lead: continuations, 0xC0 and 0xC1 (overlong), 0xF5 and above (beyond U+10FFFF). */
    private static int sequenceLength(int lead) {
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        if (lead < 0xE0) {
            return 2;
        }
        return lead < 0xF0 ? 3 : 4;
    }

    /** The continuation bytes, where the first has a narrower range after four leads (Unicode, table 3-7). */
    private static boolean continues(ByteBuf in, int index, int lead, int width) {
        if (width == 1) {
            return true;
        }
        int second = in.getUnsignedByte(index + 1);
        int lowest = switch (lead) {
            case 0xE0 -> 0xA0; // below: overlong
            case 0xF0 -> 0x90; // below: overlong
            default -> 0x80;
        };
        int highest = switch (lead) {
            case 0xED -> 0x9F; // above: surrogates
            case 0xF4 -> 0x8F; // above: beyond U+10FFFF
            default -> 0xBF;
        };
        if (second < lowest || second > highest) {
            return false;
        }
        for (int i = 2; i < width; i++) {
            if ((in.getByte(index + i) & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The bytes that the text takes, without its length bytes. */
    static int length(String text) {
        return ByteBufUtil.utf8Bytes(text);
    }

    /** The bytes that the text takes together with its two length bytes. */
    static int encodedLength(String text) {
        int length = length(text);
        if (length > MAXIMUM_BYTES) {
            throw new IllegalArgumentException(
                    "a string on the wire has at most 65,535 bytes, this one would have " + length);
        }
        return 2 + length;
    }

    /** The bytes that the data takes together with its two length bytes. */
    static int encodedLength(Payload data) {
        return encodedLength(data.length());
    }

    /** The same for data of this length. */
    static int encodedLength(int dataLength) {
        if (dataLength > MAXIMUM_BYTES) {
            throw new IllegalArgumentException("binary data on the wire has at most 65,535 bytes, not " + dataLength);
        }
        return 2 + dataLength;
    }

    /** Appends a text whose {@link #encodedLength(String)} was asked for before; a lone surrogate becomes a question mark. */
    static void write(ByteBuf out, String text) {
        // The exact number of bytes: Netty's own choice, three for each character, may not fit the packet's buffer.
        int length = length(text);
        out.writeShort(length);
        ByteBufUtil.reserveAndWriteUtf8(out, text, length);
    }

    /** Appends data whose {@link #encodedLength(Payload)} was asked for before. */
    static void write(ByteBuf out, Payload data) {
        out.writeShort(data.length());
        out.writeBytes(data.asByteBuffer());
    }
}
