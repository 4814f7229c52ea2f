package io.gatehouse.kernel.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a WebSocket and a connection that knows nothing of it: takes frames apart, and puts each buffer that the connection
 * writes into one frame. Answers pings and close frames by itself, so neither counts as a sign of life of the MQTT client.
 *
 * <p>An empty buffer that is written says that nothing follows; a close frame is sent in its place. Used by the connection's event loop
 * alone, except {@link #goingAway()}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel tells its pipeline of failures
public final class FrameHandler extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FrameHandler.class);
    private static final int FINAL = 0x80;
    private static final int LONGEST_HEADER = 10;
    private static final int SHORT_LENGTH = 125;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private final FrameDecoder decoder;
    private boolean pongUnderWay;
    private boolean closed;
    private volatile boolean goingAway;

    /** @param largestMessage how many bytes the client may put into a message */
    public FrameHandler(int largestMessage) {
        this.decoder = new FrameDecoder(largestMessage);
    }

    /** The broker stops: a close frame from now on says so. Any thread. */
    public void goingAway() {
        goingAway = true;
    }

    // ---- reading

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        decoder.decode(bytes);
        if (bytes.isReadable()) {
            ctx.fireChannelRead(bytes);
        } else {
            bytes.release();
        }
        answerPing(ctx);
        end(ctx);
    }

    /** Only the latest ping is answered, and only when the answer to the one before has left: who does not read fills no memory. */
    private void answerPing(ChannelHandlerContext ctx) {
        byte[] ping = pongUnderWay || closed ? null : decoder.takePing();
        if (ping != null) {
            pongUnderWay = true;
            ByteBuf pong =
                    header(ctx, FrameDecoder.PONG, ping.length, ping.length).writeBytes(ping);
            ctx.writeAndFlush(pong).addListener(written -> onLoop(ctx, written));
        }
    }

    /** The event loop may be another one by now. */
    private void onLoop(ChannelHandlerContext ctx, Future<?> written) {
        if (!written.isSuccess()) {
            return;
        }
        if (ctx.executor().inEventLoop()) {
            pongUnderWay = false;
            answerPing(ctx);
        } else {
            ctx.executor().execute(() -> onLoop(ctx, written));
        }
    }

    /**
     * Ends the connection when the client wants it or broke a rule. What it sent before its close frame, such as a DISCONNECT, counts: while
     * the connection does not read, the close frame waits.
     */
    private void end(ChannelHandlerContext ctx) {
        FrameDecoder.End end = decoder.end();
        if (end == null || closed || (end.byClient() && !ctx.channel().config().isAutoRead())) {
            return;
        }
        LOG.debug("{}: {}", ctx.channel().remoteAddress(), end.reason());
        farewell(ctx, end.code());
        ctx.close();
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (decoder.end() == null) {
            ctx.read();
        } else {
            end(ctx);
        }
    }

    // ---- writing

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        if (closed) {
            bytes.release();
            ctx.write(Unpooled.EMPTY_BUFFER, promise);
        } else if (bytes.isReadable()) {
            ctx.write(headerOf(ctx, bytes), ctx.voidPromise());
            ctx.write(bytes, promise);
        } else {
            bytes.release();
            closed = true;
            ctx.write(closeFrame(ctx, goingAway ? CloseCode.GOING_AWAY : CloseCode.NORMAL), promise);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        farewell(ctx, goingAway ? CloseCode.GOING_AWAY : CloseCode.FAILURE);
        ctx.close(promise);
    }

    /** Sends a close frame, if there was none; who does not read will not get it, and is not waited for. */
    private void farewell(ChannelHandlerContext ctx, int code) {
        if (!closed && ctx.channel().isActive()) {
            closed = true;
            ctx.writeAndFlush(closeFrame(ctx, code));
        }
    }

    private static ByteBuf closeFrame(ChannelHandlerContext ctx, int code) {
        return code == CloseCode.NONE
                ? header(ctx, FrameDecoder.CLOSE, 0, 0)
                : header(ctx, FrameDecoder.CLOSE, Short.BYTES, Short.BYTES).writeShort(code);
    }

    /** The header of a frame for these bytes; when there is no memory for it, nobody else would let go of them. */
    private static ByteBuf headerOf(ChannelHandlerContext ctx, ByteBuf bytes) {
        try {
            return header(ctx, FrameDecoder.BINARY, bytes.readableBytes(), 0);
        } catch (OutOfMemoryError e) {
            bytes.release();
            throw e;
        }
    }

    private static ByteBuf header(ChannelHandlerContext ctx, int opcode, int payload, int room) {
        ByteBuf header = ctx.alloc().buffer(LONGEST_HEADER + room).writeByte(FINAL | opcode);
        if (payload <= SHORT_LENGTH) {
            return header.writeByte(payload);
        }
        return payload <= 0xFFFF
                ? header.writeByte(TWO_BYTES).writeShort(payload)
                : header.writeByte(EIGHT_BYTES).writeLong(payload);
    }
}
