package io.gatehouse.kernel.transport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the PROXY header of one connection, then leaves the pipeline. A connection whose header is malformed or late is closed without a
 * word: who gets this far is a proxy, and does something else than was agreed. Used by the connection's event loop alone.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel tells its pipeline of failures
public final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyHeaderHandler.class);

    private final Duration timeout;
    private final Next next;
    private final Runnable whenRefused;
    private @Nullable ByteBuf arrived;
    private @Nullable Future<?> patience;

    /** Goes on with the connection: adds the handlers that read what follows the header, or closes it. Called once, on the event loop. */
    @FunctionalInterface
    public interface Next {
        /**
         * The header has come.
         *
         * @param source where the connection comes from; empty when the proxy did not say
         */
        void arrived(Optional<InetSocketAddress> source);
    }

    /**
     * A handler for one connection.
     *
     * @param timeout how long the header may take
     * @param whenRefused called when the connection is closed because of its header
     */
    public ProxyHeaderHandler(Duration timeout, Next next, Runnable whenRefused) {
        this.timeout = timeout;
        this.next = next;
        this.whenRefused = whenRefused;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        patience = ctx.executor().schedule(() -> late(ctx), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = collect((ByteBuf) message);
        switch (ProxyHeader.read(bytes)) {
            case ProxyHeader.Incomplete _ -> arrived = bytes;
            case ProxyHeader.Malformed malformed -> {
                bytes.release();
                LOG.debug("{} sent no PROXY header: {}", ctx.channel().remoteAddress(), malformed.reason());
                refuse(ctx);
            }
            case ProxyHeader.Source source -> goOn(ctx, Optional.of(source.address()), bytes);
            case ProxyHeader.Unnamed _ -> goOn(ctx, Optional.empty(), bytes);
        }
    }

    private ByteBuf collect(ByteBuf bytes) {
        ByteBuf before = arrived;
        if (before == null) {
            return bytes;
        }
        try {
            before.writeBytes(bytes);
        } finally {
            bytes.release();
        }
        arrived = null;
        return before;
    }

    private void goOn(ChannelHandlerContext ctx, Optional<InetSocketAddress> source, ByteBuf rest) {
        next.arrived(source);
        ctx.pipeline().remove(this);
        if (rest.isReadable()) {
            ctx.fireChannelRead(rest);
        } else {
            rest.release();
        }
    }

    private void late(ChannelHandlerContext ctx) {
        LOG.debug("{} sent no PROXY header in time", ctx.channel().remoteAddress());
        refuse(ctx);
    }

    private void refuse(ChannelHandlerContext ctx) {
        whenRefused.run();
        ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (patience != null) {
            patience.cancel(false);
        }
        if (arrived != null) {
            arrived.release();
            arrived = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("{} went before its PROXY header was complete", ctx.channel().remoteAddress(), cause);
        ctx.close();
    }
}
