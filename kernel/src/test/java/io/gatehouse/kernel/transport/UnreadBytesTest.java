package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Secret;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is copied and held while packets come in parts. */
class UnreadBytesTest {
    /** As large as the read buffer of a client that sends little. */
    private static final int READ_BUFFER = 2_048;

    private final Buffers buffers = new Buffers();

    /** Counts the buffers that are asked for. */
    private static final class Buffers extends AbstractByteBufAllocator {
        private int made;

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            made++;
            return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            return newHeapBuffer(initialCapacity, maxCapacity);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }

    /** A CONNECT of so many bytes and a few. */
    private static ByteBuf connect(int bytes) {
        Secret password = Secret.ofUtf8("x".repeat(bytes));
        ByteBuf out = Unpooled.buffer();
        PacketEncoder.encode(
                new Connect(MqttVersion.V5, true, 0, "c", "u", password, null, ConnectProperties.DEFAULTS),
                MqttVersion.V5,
                Integer.MAX_VALUE,
                out);
        return out;
    }

    private EmbeddedChannel open() {
        return new EmbeddedBroker(List.of(), List.of()).open(buffers);
    }

    @Test
    void aPacketThatComesByteByByteIsNotCopiedWithEachOfThem() {
        EmbeddedChannel channel = open();
        ByteBuf packet = connect(1_500);

        channel.pipeline().fireChannelRead(Unpooled.buffer(READ_BUFFER).writeBytes(packet, 5));
        while (packet.readableBytes() > 1) {
            channel.pipeline().fireChannelRead(Unpooled.buffer(READ_BUFFER).writeBytes(packet, 1));
        }

        assertThat(buffers.made).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void aLargePacketThatComesInSmallPartsIsCopiedSeldom() {
        EmbeddedChannel channel = open();
        ByteBuf packet = connect(60_000);

        while (packet.readableBytes() > 100) {
            channel.pipeline().fireChannelRead(Unpooled.buffer(READ_BUFFER).writeBytes(packet, 100));
        }

        assertThat(buffers.made).isLessThan(2);
        channel.finishAndReleaseAll();
    }

    @Test
    void holdsNoLargeBufferForTheBeginningOfAPacket() {
        ByteBuf read = Unpooled.buffer(64 * 1024).writeBytes(connect(1_500), 100);

        ByteBuf kept = UnreadBytes.kept(read, buffers);

        assertThat(read.refCnt()).isZero();
        assertThat(kept.readableBytes()).isEqualTo(100);
        assertThat(kept.capacity()).isBetween(1_500, 1_600);
    }

    @Test
    void reservesLittleForAPacketThatOnlyAnnouncesToBeLarge() {
        ByteBuf read = Unpooled.buffer(64 * 1024).writeBytes(connect(60_000), 100);

        assertThat(UnreadBytes.kept(read, buffers).capacity()).isLessThan(2_500);
    }

    @Test
    void takingOnePacketAfterTheOtherOutOfManyCopiesTheRestSeldom() {
        ByteBuf rest = Unpooled.buffer(64 * 1024).writeZero(64 * 1024);
        int packets = 0;
        while (rest.readableBytes() > 100) {
            rest = UnreadBytes.kept(rest.skipBytes(100), buffers);
            packets++;
        }

        assertThat(packets).isEqualTo(655);
        assertThat(buffers.made).isLessThan(10);
    }
}
