package io.gatehouse.kernel.transport.websocket;

import io.gatehouse.kernel.config.ListenerConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the one HTTP request of a connection, then leaves the pipeline to frames, or closes the connection. Used by the connection's
 * event loop alone.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel tells its pipeline of failures
public final class HandshakeHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeHandler.class);
    private static final int LONGEST_LINE = 2 * 1024;
    private static final int LARGEST_HEAD = 8 * 1024;

    /** RFC 6455 section 1.3. */
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ListenerConfig config;
    private final InetSocketAddress sender;
    private final boolean speaksForOthers;
    private final Duration timeout;
    private final Next next;
    private @Nullable HandshakeResult result;
    private @Nullable Future<?> patience;

    /** Goes on with the connection when it is a WebSocket: adds the handlers of frames and of MQTT. Called once, on the event loop. */
    @FunctionalInterface
    public interface Next {
        /**
         * The handshake is done.
         *
         * @param peer where the connection comes from
         */
        void accepted(InetSocketAddress peer);
    }

    private HandshakeHandler(
            ListenerConfig config, InetSocketAddress sender, boolean speaksForOthers, Duration timeout, Next next) {
        this.config = config;
        this.sender = sender;
        this.speaksForOthers = speaksForOthers;
        this.timeout = timeout;
        this.next = next;
    }

    /**
     * Adds what is needed for the handshake to a pipeline.
     *
     * @param sender where the connection comes from
     * @param speaksForOthers whether that may be a proxy that says in a header whom the request comes from
     * @param timeout how long the request may take
     */
    public static void addTo(
            ChannelPipeline pipeline,
            ListenerConfig config,
            InetSocketAddress sender,
            boolean speaksForOthers,
            Duration timeout,
            Next next) {
        pipeline.addLast(new HttpRequestDecoder(
                new HttpDecoderConfig().setMaxInitialLineLength(LONGEST_LINE).setMaxHeaderSize(LARGEST_HEAD)));
        pipeline.addLast(new HandshakeHandler(config, sender, speaksForOthers, timeout, next));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        patience = ctx.executor().schedule(() -> late(ctx), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (result == null && message instanceof HttpRequest request) {
                result = new Handshake(config, sender, speaksForOthers).check(request);
                if (result instanceof HandshakeResult.Refused refused) {
                    refuse(ctx, refused);
                }
            }
            if (message instanceof LastHttpContent && result instanceof HandshakeResult.Accepted accepted) {
                accept(ctx, accepted);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void refuse(ChannelHandlerContext ctx, HandshakeResult.Refused refused) {
        LOG.debug("{}: {} is refused: {}", config.name(), sender, refused.sentence());
        String body = refused.sentence() + "\n";
        String more = refused.header().isEmpty() ? "" : refused.header() + "\r\n";
        String answer = "HTTP/1.1 " + refused.status() + "\r\n" + more + "Connection: close\r\n"
                + "Content-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        ctx.writeAndFlush(ascii(ctx, answer)).addListener(ChannelFutureListener.CLOSE);
    }

    private void accept(ChannelHandlerContext ctx, HandshakeResult.Accepted accepted) {
        String chosen = accepted.subprotocol()
                .map(subprotocol -> "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
                .orElse("");
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + answerTo(accepted.key()) + "\r\n" + chosen + "\r\n";
        ctx.writeAndFlush(ascii(ctx, answer));
        next.accepted(accepted.peer());
        ctx.pipeline().remove(this);
        // Last, because it passes on what came behind the request.
        ctx.pipeline().remove(HttpRequestDecoder.class);
    }

    private static String answerTo(String key) {
        try {
            byte[] text = (key + MAGIC).getBytes(StandardCharsets.ISO_8859_1);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static ByteBuf ascii(ChannelHandlerContext ctx, String text) {
        return ByteBufUtil.writeAscii(ctx.alloc(), text);
    }

    private void late(ChannelHandlerContext ctx) {
        LOG.debug("{}: {} did not complete its handshake in time", config.name(), sender);
        ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (patience != null) {
            patience.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("{}: {} went before its handshake was complete", config.name(), sender, cause);
        ctx.close();
    }
}
