package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.transport.websocket.FrameHandler;
import io.gatehouse.kernel.transport.websocket.Frames;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that end after any of their bytes, in the middle of a packet or of a frame: none of them leaves a buffer behind. */
class AbruptEndsTest {
    /** So many bytes arrive at a time: packets and frames are torn apart, and several come together. */
    private static final int CHUNK = 23;

    private final EmbeddedBroker broker = new EmbeddedBroker(List.of(), List.of());
    private final CountedBuffers buffers = new CountedBuffers();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void beforeTheClientIsLetIn(boolean framed) {
        byte[] connect = bytes(framed, connect("before"));
        for (int end = 0; end < connect.length; end++) {
            EmbeddedChannel channel = open(framed);
            arrive(channel, connect, end);
            cut(channel, end);
        }
    }

    /** It subscribes to what it publishes, so that it is also sent messages, and its own acknowledgements never come. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterwards(boolean framed) {
        byte[] conversation = bytes(
                framed,
                new Subscribe(1, List.of(Subscription.of("a", Qos.EXACTLY_ONCE)), 0, List.of()),
                publish(Qos.AT_MOST_ONCE, 200, 0),
                publish(Qos.AT_LEAST_ONCE, 50, 2),
                publish(Qos.EXACTLY_ONCE, 200, 3),
                new PubRel(3),
                new PingReq(),
                publish(Qos.EXACTLY_ONCE, 200, 4));
        for (int end = 0; end <= conversation.length; end++) {
            EmbeddedChannel channel = open(framed);
            byte[] connect =
                    bytes(framed, connect("after-" + end % 2)); // now and then an earlier session is taken over
            arrive(channel, connect, connect.length);
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        broker.run();
                        return !channel.outboundMessages().isEmpty();
                    });
            arrive(channel, conversation, end);
            cut(channel, end);
        }
    }

    private void cut(EmbeddedChannel channel, int end) {
        channel.close().syncUninterruptibly();
        broker.run();
        channel.releaseOutbound();
        assertThat(buffers.held()).as("buffers left after %s bytes", end).isZero();
    }

    private EmbeddedChannel open(boolean framed) {
        return framed ? broker.open(buffers, new FrameHandler(1_000)) : broker.open(buffers);
    }

    private void arrive(EmbeddedChannel channel, byte[] bytes, int end) {
        for (int from = 0; from < end; from += CHUNK) {
            int length = Math.min(CHUNK, end - from);
            broker.run(); // what the last of them bring about has not been sent when the connection ends
            channel.writeInbound(buffers.buffer(length).writeBytes(bytes, from, length));
        }
    }

    private static byte[] bytes(boolean framed, Packet... packets) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Packet packet : packets) {
            ByteBuf encoded = Unpooled.buffer();
            assertThat(PacketEncoder.encode(packet, MqttVersion.V5, Integer.MAX_VALUE, encoded))
                    .isTrue();
            byte[] plain = ByteBufUtil.getBytes(encoded);
            all.writeBytes(framed ? Frames.masked(Frames.FIN | Frames.BINARY, plain) : plain);
        }
        return all.toByteArray();
    }

    private static Packet connect(String clientId) {
        return new Connect(
                MqttVersion.V5,
                false,
                60,
                clientId,
                null,
                null,
                new Will(Message.of("a", Payload.ofOwned(new byte[100])), 0),
                ConnectProperties.DEFAULTS);
    }

    private static Packet publish(Qos qos, int length, int packetId) {
        return new Publish(
                Message.of("a", Payload.ofOwned(new byte[length])).withQos(qos), false, packetId, 0, List.of());
    }
}
