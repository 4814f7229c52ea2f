package io.gatehouse.kernel.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What a client that does not read its answers costs, and in which order a connection ends. */
@SuppressWarnings("FutureReturnValueIgnored") // the test looks at the network instead
class FrameHandlerTest {
    private final Network network = new Network();
    private final EmbeddedChannel channel = new EmbeddedChannel(network, new FrameHandler(1_000));

    /** A network that takes what is written only when the test lets it. */
    private static final class Network extends ChannelOutboundHandlerAdapter {
        private final Queue<ByteBuf> waiting = new ArrayDeque<>();
        private final Queue<ChannelPromise> promises = new ArrayDeque<>();

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            waiting.add((ByteBuf) message);
            promises.add(promise);
        }

        /** Takes the first of what waits. */
        byte[] take() {
            ByteBuf first = waiting.remove();
            byte[] bytes = ByteBufUtil.getBytes(first);
            first.release();
            promises.remove().trySuccess();
            return bytes;
        }
    }

    private void arrives(byte[] frame) {
        channel.writeInbound(Unpooled.buffer().writeBytes(frame));
    }

    private void ping(int number) {
        arrives(Frames.masked(Frames.FIN | Frames.PING, (byte) number));
    }

    @Test
    void onePongWaitsHoweverManyPingsCame() {
        for (int number = 0; number < 100; number++) {
            ping(number);
        }

        assertThat(network.waiting).hasSize(1);
        assertThat(network.take()).containsExactly(Frames.FIN | Frames.PONG, 1, 0);
        assertThat(network.take()).as("the latest").containsExactly(Frames.FIN | Frames.PONG, 1, 99);
        assertThat(network.waiting).isEmpty();
    }

    @Test
    void pingsAndEmptyFramesReachNobody() {
        ping(1);
        arrives(Frames.masked(Frames.FIN | Frames.PONG, (byte) 1));
        arrives(Frames.masked(Frames.FIN | Frames.BINARY));

        assertThat(channel.inboundMessages()).isEmpty();
    }

    @Test
    void nothingFollowsACloseFrame() {
        channel.write(Unpooled.EMPTY_BUFFER);
        channel.write(Unpooled.copyInt(1));
        ping(1);
        channel.close();

        assertThat(network.take()).containsExactly(Frames.FIN | Frames.CLOSE, 2, 3, 0xE8);
        assertThat(network.waiting)
                .allSatisfy(rest -> assertThat(rest.isReadable()).isFalse());
    }

    @Test
    void aConnectionThatFailsSaysSo() {
        channel.close();

        assertThat(network.take()).containsExactly(Frames.FIN | Frames.CLOSE, 2, 3, 0xF3);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whoBreaksARuleIsNotReadAnyMore() {
        arrives(new byte[] {(byte) 0x82, 0});

        assertThat(network.take()).containsExactly(Frames.FIN | Frames.CLOSE, 2, 3, 0xEA);
        assertThat(channel.isOpen()).isFalse();
    }
}
