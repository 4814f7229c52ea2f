package io.gatehouse.kernel.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes the frames apart that one client sends (RFC 6455 section 5). What a frame carries is passed on as it arrives, never collected:
 * MQTT does not care where frames begin and end, so a frame that announces a lot holds nothing.
 *
 * <pre>
 *   FIRST ─► LENGTH ─► EXTENDED (2 or 8 bytes, where needed) ─► MASK (4 bytes) ─► PAYLOAD ─► FIRST
 *                                          a rule broken, or a close frame: the end, and nothing more is read
 * </pre>
 */
final class FrameDecoder {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int LONGEST_CONTROL = 125;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private enum Expected {
        FIRST,
        LENGTH,
        EXTENDED,
        MASK,
        PAYLOAD
    }

    /** How the connection ends: with this code to send; by the client's own will, or because it broke a rule. */
    record End(int code, boolean byClient, String reason) {}

    private final int largestMessage;

    // the frame
    private Expected expected = Expected.FIRST;
    private int opcode;
    private boolean fin;
    private long length;
    private int bytesToCome;
    private int smallestExtended;
    private int mask;
    private long payloadToCome;

    // the message, which may have several frames
    private boolean inMessage;
    private long messageSize;

    // what control frames brought
    private byte[] control = {};
    private byte @Nullable [] ping;
    private @Nullable End end;

    /** @param largestMessage how many bytes all frames of a message may carry together; a frame without any counts as one byte */
    FrameDecoder(int largestMessage) {
        this.largestMessage = largestMessage;
    }

    /** The payload of the latest ping that nobody has taken yet. */
    byte @Nullable [] takePing() {
        byte[] taken = ping;
        ping = null;
        return taken;
    }

    /** Not null when the connection is to be ended; nothing is decoded any more then. */
    @Nullable
    End end() {
        return end;
    }

    /** Turns what arrived into what binary frames carry: the buffer is written over, and its indices are set around it. */
    void decode(ByteBuf in) {
        int from = in.readerIndex();
        int arrived = in.writerIndex();
        int start = arrived;
        int to = arrived;
        while (from < arrived && end == null) {
            if (expected != Expected.PAYLOAD) {
                header(in.getUnsignedByte(from++));
                continue;
            }
            int part = (int) Math.min(payloadToCome, arrived - from);
            if (isControl()) {
                int filled = (int) (length - payloadToCome);
                unmask(in, from, Unpooled.wrappedBuffer(control), filled, part);
            } else {
                if (start == arrived) {
                    start = from;
                    to = from;
                }
                unmask(in, from, in, to, part);
                to += part;
            }
            from += part;
            payloadToCome -= part;
            frameContinued();
        }
        in.setIndex(start, to);
    }

    /** Copies to the same place or to the left, so that nothing is written over before it was read. */
    private void unmask(ByteBuf source, int from, ByteBuf target, int to, int bytes) {
        long wide = ((long) mask << Integer.SIZE) | (mask & 0xFFFF_FFFFL);
        int done = 0;
        for (; done + Long.BYTES <= bytes; done += Long.BYTES) {
            target.setLong(to + done, source.getLong(from + done) ^ wide);
        }
        for (; done < bytes; done++) {
            target.setByte(to + done, source.getByte(from + done) ^ (int) (wide >>> (56 - (done % 4) * Byte.SIZE)));
        }
        mask = Integer.rotateLeft(mask, (bytes % 4) * Byte.SIZE);
    }

    private boolean isControl() {
        return opcode >= CLOSE;
    }

    // ---- the header

    private void header(int octet) {
        switch (expected) {
            case FIRST -> first(octet);
            case LENGTH -> length(octet);
            case EXTENDED -> {
                length = (length << Byte.SIZE) | octet;
                if (--bytesToCome == 0) {
                    extended();
                }
            }
            case MASK -> {
                mask = (mask << Byte.SIZE) | octet;
                if (--bytesToCome == 0) {
                    expected = Expected.PAYLOAD;
                    frameContinued();
                }
            }
            case PAYLOAD -> throw new IllegalStateException("no part of a header");
        }
    }

    private void first(int octet) {
        opcode = octet & OPCODE;
        fin = (octet & FIN) != 0;
        expected = Expected.LENGTH;
        if ((octet & RESERVED) != 0) {
            broken("a reserved bit is set");
            return;
        }
        switch (opcode) {
            case TEXT -> end = new End(CloseCode.UNACCEPTABLE, false, "a text frame");
            case BINARY -> {
                if (inMessage) {
                    broken("a message begins within another");
                }
                messageSize = 0;
            }
            case CONTINUATION -> {
                if (!inMessage) {
                    broken("a continuation of nothing");
                }
            }
            case CLOSE, PING, PONG -> {
                if (!fin) {
                    broken("a control frame in parts");
                }
            }
            default -> broken("opcode " + opcode);
        }
    }

    private void length(int octet) {
        length = octet & ~MASKED;
        if ((octet & MASKED) == 0) {
            broken("a frame without mask");
        } else if (isControl() && length > LONGEST_CONTROL) {
            broken("a control frame of more than 125 bytes");
        } else if (length < TWO_BYTES) {
            known();
        } else {
            bytesToCome = length == EIGHT_BYTES ? Long.BYTES : Short.BYTES;
            length = 0;
            expected = Expected.EXTENDED;
            smallestExtended = bytesToCome == Long.BYTES ? 0x1_0000 : TWO_BYTES;
        }
    }

    private void extended() {
        if (length < smallestExtended) { // a negative one, too: the first of 64 bits must be 0
            broken("a length that is not written in the shortest way");
        } else {
            known();
        }
    }

    private void known() {
        expected = Expected.MASK;
        bytesToCome = Integer.BYTES;
        payloadToCome = length;
        if (isControl()) {
            control = new byte[(int) length];
            return;
        }
        messageSize += Math.max(1, length);
        if (messageSize > largestMessage || messageSize < 0) {
            end = new End(CloseCode.TOO_BIG, false, "a message of more than " + largestMessage + " bytes");
        }
    }

    // ---- the end of a frame

    private void frameContinued() {
        if (payloadToCome > 0) {
            return;
        }
        expected = Expected.FIRST;
        switch (opcode) {
            case PING -> ping = control;
            case CLOSE -> end = closed(control);
            case PONG -> {} // it answers nothing, or says that the client lives: MQTT has its own way to say so
            default -> inMessage = !fin;
        }
    }

    private static End closed(byte[] payload) {
        if (payload.length == 0) {
            return new End(CloseCode.NONE, true, "closed by the client");
        }
        if (payload.length == 1) {
            return new End(CloseCode.PROTOCOL_ERROR, false, "half a close code");
        }
        ByteBuffer content = ByteBuffer.wrap(payload);
        int code = Short.toUnsignedInt(content.getShort());
        if (!CloseCode.mayBeSent(code)) {
            return new End(CloseCode.PROTOCOL_ERROR, false, "close code " + code);
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(content);
        } catch (CharacterCodingException e) {
            return new End(CloseCode.BAD_TEXT, false, "a close reason that is no UTF-8");
        }
        return new End(code, true, "closed by the client");
    }

    private void broken(String rule) {
        end = new End(CloseCode.PROTOCOL_ERROR, false, rule);
    }
}
