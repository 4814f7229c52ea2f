package io.gatehouse.kernel.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;

/** Frames as clients send them. */
public final class Frames {
    public static final int FIN = 0x80;
    public static final int CONTINUATION = FrameDecoder.CONTINUATION;
    public static final int TEXT = FrameDecoder.TEXT;
    public static final int BINARY = FrameDecoder.BINARY;
    public static final int CLOSE = FrameDecoder.CLOSE;
    public static final int PING = FrameDecoder.PING;
    public static final int PONG = FrameDecoder.PONG;

    private Frames() {}

    /** A frame with a mask that follows from its payload. */
    public static byte[] masked(int firstByte, byte... payload) {
        return masked(firstByte, new Random(payload.length).nextInt(), payload);
    }

    static byte[] masked(int firstByte, int mask, byte[] payload) {
        ByteBuf frame = Unpooled.buffer().writeByte(firstByte);
        if (payload.length < 126) {
            frame.writeByte(0x80 | payload.length);
        } else if (payload.length < 0x1_0000) {
            frame.writeByte(0x80 | 126).writeShort(payload.length);
        } else {
            frame.writeByte(0x80 | 127).writeLong(payload.length);
        }
        frame.writeInt(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.writeByte(payload[i] ^ (mask >>> (24 - (i % 4) * 8)));
        }
        return ByteBufUtil.getBytes(frame);
    }
}
