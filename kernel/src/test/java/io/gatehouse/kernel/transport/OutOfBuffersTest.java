package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.transport.websocket.FrameHandler;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of connections when there are no more buffers outside of the heap: each ends alone, and holds nothing. */
class OutOfBuffersTest {
    private final EmbeddedBroker broker = new EmbeddedBroker(List.of(), List.of());
    private final CountedBuffers buffers = new CountedBuffers();

    private EmbeddedChannel open() {
        return broker.open(buffers);
    }

    private static ByteBuf bytes(Packet packet) {
        ByteBuf bytes = Unpooled.buffer();
        PacketEncoder.encode(packet, MqttVersion.V5, Integer.MAX_VALUE, bytes);
        return bytes;
    }

    private static Connect connect(String clientId) {
        return new Connect(MqttVersion.V5, true, 1, clientId, null, null, null, ConnectProperties.DEFAULTS);
    }

    private EmbeddedChannel connected(String clientId) {
        EmbeddedChannel channel = open();
        channel.writeInbound(bytes(connect(clientId)));
        await().pollInSameThread().until(() -> {
            broker.run();
            return !channel.outboundMessages().isEmpty();
        });
        return channel;
    }

    /** Each of them is to be told that its keep alive is over, which takes a buffer. */
    @Test
    void connectionsGoOnBeingWatched() {
        List<EmbeddedChannel> silent = List.of(connected("c1"), connected("c2"));
        buffers.usedUp = true;

        await().pollInSameThread().atMost(Duration.ofSeconds(20)).until(() -> {
            broker.run();
            return silent.stream().noneMatch(EmbeddedChannel::isOpen);
        });
    }

    /** Its reading is paused until then, and nobody waits for it to send anything. */
    @Test
    void aClientThatCannotBeToldThatItIsLetInIsCut() {
        EmbeddedChannel channel = open();
        channel.writeInbound(bytes(connect("c")));
        buffers.usedUp = true;

        await().pollInSameThread().atMost(Duration.ofSeconds(20)).until(() -> {
            broker.run();
            return !channel.isOpen();
        });
    }

    @Test
    void whatArrivesAndCannotBeKeptIsLetGo() {
        EmbeddedChannel channel = connected("c");
        ByteBuf packet = bytes(new Publish(Message.of("a", Payload.ofOwned(new byte[10_000])), false, 0, 0, List.of()));
        ByteBuf part = new UnpooledHeapByteBuf(buffers, 256, 1 << 20) {
            @Override
            public ByteBuf capacity(int newCapacity) {
                throw new OutOfMemoryError("for a test");
            }
        };
        part.writeBytes(packet, 200);

        channel.pipeline().fireChannelRead(part);
        channel.pipeline().fireChannelRead(packet);
        channel.runPendingTasks();

        assertThat(channel.isOpen()).isFalse();
        assertThat(packet.refCnt()).isZero();
        assertThat(part.refCnt()).isZero();
    }

    @Test
    void aFrameThatFindsNoRoomForItsHeaderIsLetGo() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameHandler(1_000));
        channel.config().setAllocator(buffers);
        ByteBuf packet = Unpooled.buffer().writeByte(1);
        buffers.usedUp = true;

        assertThat(channel.write(packet).cause()).isInstanceOf(OutOfMemoryError.class);
        assertThat(packet.refCnt()).isZero();
    }
}
