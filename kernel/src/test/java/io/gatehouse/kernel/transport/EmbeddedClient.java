package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.codec.DecoderLimits;
import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;

/** A client of {@link EmbeddedBroker}: counts what the broker sends to it, and acknowledges when it is told to. */
final class EmbeddedClient {
    static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int SUBACK = 9;

    private final EmbeddedBroker broker;
    private final MqttVersion version;
    private final EmbeddedChannel channel = new EmbeddedChannel(new Reader());
    private final ByteBuf acks = Unpooled.buffer(1 << 16);
    private final IntConsumer sight;
    private final int[] received = new int[16];

    EmbeddedClient(EmbeddedBroker broker, MqttVersion version) {
        this(broker, version, _ -> {});
    }

    /** @param sight told the type of each packet that the broker writes */
    EmbeddedClient(EmbeddedBroker broker, MqttVersion version, IntConsumer sight) {
        this.broker = broker;
        this.sight = sight;
        this.version = version;
        channel.pipeline()
                .addLast(new Connection(
                        channel,
                        PEER,
                        "tcp.test",
                        "",
                        DecoderLimits.ofPacketSize(1 << 20),
                        broker.lane,
                        broker.core.dispatcher()));
    }

    /** Looks at what the broker writes and lets it go: the network. */
    private final class Reader extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ByteBuf bytes = (ByteBuf) message;
            while (bytes.isReadable()) {
                readPacket(bytes);
            }
            bytes.release();
            promise.trySuccess();
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {}
    }

    void connect(String clientId) {
        send(new Connect(version, true, 0, clientId, "user", null, null, ConnectProperties.DEFAULTS));
        awaitPacket(CONNACK);
    }

    void subscribe(String filter, Qos qos) {
        send(new Subscribe(1, List.of(Subscription.of(filter, qos)), 0, List.of()));
        awaitPacket(SUBACK);
    }

    /** A PUBLISH as this client writes it, so many times. */
    byte[] publishBytes(Message message, int times) {
        ByteBuf bytes = Unpooled.buffer();
        for (int i = 0; i < times; i++) {
            int packetId = message.qos() == Qos.AT_MOST_ONCE ? 0 : i + 1;
            PacketEncoder.encode(
                    new Publish(message, false, packetId, 0, List.of()), version, Integer.MAX_VALUE, bytes);
        }
        byte[] whole = new byte[bytes.readableBytes()];
        bytes.readBytes(whole);
        return whole;
    }

    /** These bytes arrive at the broker. */
    void send(byte[] bytes) {
        send(channel.alloc().buffer(bytes.length).writeBytes(bytes));
    }

    private void send(ByteBuf arrived) {
        channel.pipeline().fireChannelRead(arrived).fireChannelReadComplete();
    }

    private void send(Packet packet) {
        ByteBuf bytes = channel.alloc().buffer();
        PacketEncoder.encode(packet, version, Integer.MAX_VALUE, bytes);
        send(bytes);
    }

    /** Acknowledges every QoS 1 message that came since the last time. */
    void acknowledge() {
        if (acks.isReadable()) {
            send(channel.alloc().buffer(acks.readableBytes()).writeBytes(acks));
            acks.clear();
        }
    }

    /** How many messages came so far. */
    int messages() {
        return received[PUBLISH];
    }

    private void awaitPacket(int type) {
        int before = received[type];
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (received[type] == before) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("no packet of type " + type + " came");
            }
            broker.run();
            Thread.onSpinWait();
        }
    }

    private void readPacket(ByteBuf in) {
        int first = in.readUnsignedByte();
        int length = readLength(in);
        int body = in.readerIndex();
        int type = first >> 4;
        received[type]++;
        sight.accept(type);
        if (type == PUBLISH && (first & 0b0110) != 0) {
            int packetId = in.getUnsignedShort(body + 2 + in.getUnsignedShort(body));
            acks.writeShort(0x4002).writeShort(packetId);
        }
        in.readerIndex(body + length);
    }

    private static int readLength(ByteBuf in) {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int digit = in.readUnsignedByte();
            value |= (digit & 0x7F) << shift;
            if (digit < 0x80) {
                return value;
            }
        }
    }
}
