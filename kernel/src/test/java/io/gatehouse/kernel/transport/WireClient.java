package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.codec.MalformedPacket;
import io.gatehouse.kernel.codec.PacketDecoder;
import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.codec.Side;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A blocking MQTT 5 client that does nothing by itself. */
final class WireClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int LARGEST = 1 << 24;

    private final Socket socket = new Socket();
    private final PacketDecoder decoder = new PacketDecoder(LARGEST, Side.CLIENT);
    private final ByteBuf arrived = Unpooled.buffer();

    WireClient(InetSocketAddress address) throws IOException {
        socket.setReceiveBufferSize(64 * 1024);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(address);
        decoder.version(MqttVersion.V5);
    }

    static Connect connectPacket(String clientId, int keepAliveSeconds) {
        return new Connect(
                MqttVersion.V5,
                true,
                keepAliveSeconds,
                clientId,
                null,
                null,
                null,
                new ConnectProperties(0, 1_000, LARGEST, 0, false, true, List.of(), null, null));
    }

    WireClient connect(String clientId, int keepAliveSeconds) throws IOException {
        send(connectPacket(clientId, keepAliveSeconds));
        assertThat(receive(ConnAck.class).reason()).isEqualTo(ReasonCode.SUCCESS);
        return this;
    }

    void subscribe(String filter, Qos qos) throws IOException {
        send(new Subscribe(1, List.of(Subscription.of(filter, qos)), 0, List.of()));
        assertThat(receive(SubAck.class).reasons()).allMatch(reason -> !reason.isFailure());
    }

    void ping() throws IOException {
        send(new PingReq());
        receive(PingResp.class);
    }

    void send(Packet... packets) throws IOException {
        socket.getOutputStream().write(encode(packets));
    }

    static byte[] encode(Packet... packets) {
        ByteBuf out = Unpooled.buffer();
        for (Packet packet : packets) {
            assertThat(PacketEncoder.encode(packet, MqttVersion.V5, LARGEST, out))
                    .isTrue();
        }
        return ByteBufUtil.getBytes(out);
    }

    void sendRaw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    <P extends Packet> P receive(Class<P> type) throws IOException {
        return type.cast(Objects.requireNonNull(receive(), "the broker has closed the connection"));
    }

    /** The next packet; null when the broker has closed the connection. */
    @Nullable
    Packet receive() throws IOException {
        byte[] chunk = new byte[64 * 1024];
        while (true) {
            Packet packet = decoded();
            if (packet != null) {
                arrived.discardReadBytes();
                return packet;
            }
            int read = socket.getInputStream().read(chunk);
            if (read < 0) {
                return null;
            }
            arrived.writeBytes(chunk, 0, read);
        }
    }

    private @Nullable Packet decoded() {
        try {
            return decoder.decode(arrived);
        } catch (MalformedPacket e) {
            throw new UncheckedIOException(new IOException("the broker sent something that is no packet", e));
        }
    }

    /** The connection is reset, without another word. */
    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
