package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.codec.MalformedPacket;
import io.gatehouse.kernel.codec.PacketDecoder;
import io.gatehouse.kernel.codec.Side;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.transport.websocket.Frames;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A blocking WebSocket client that shows every byte. */
final class WebSocketClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int LARGEST = 1 << 24;

    /** A request that is accepted; from RFC 6455 section 1.3. */
    static final String REQUEST = """
            GET /mqtt HTTP/1.1
            Host: broker.example.org
            Upgrade: websocket
            Connection: keep-alive, Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Protocol: mqtt

            """;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final PacketDecoder decoder = new PacketDecoder(LARGEST, Side.CLIENT);
    private final ByteBuf arrived = Unpooled.buffer();

    /** One frame of the broker. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares frames
    record Frame(int firstByte, byte[] payload) {
        int closeCode() {
            assertThat(firstByte).isEqualTo(Frames.FIN | Frames.CLOSE);
            return payload.length == 0 ? 0 : Short.toUnsignedInt((short) ((payload[0] << 8) | (payload[1] & 0xFF)));
        }
    }

    /** Connects the socket and sends nothing. */
    WebSocketClient(InetSocketAddress address) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(address);
        in = new DataInputStream(socket.getInputStream());
        decoder.version(MqttVersion.V5);
    }

    /** A WebSocket. */
    static WebSocketClient open(InetSocketAddress address) throws IOException {
        WebSocketClient client = new WebSocketClient(address);
        assertThat(client.handshake(REQUEST)).startsWith("HTTP/1.1 101 ");
        return client;
    }

    /** A WebSocket with an MQTT connection in it. */
    static WebSocketClient connect(InetSocketAddress address, String clientId, int keepAlive) throws IOException {
        WebSocketClient client = open(address);
        client.send(WireClient.connectPacket(clientId, keepAlive));
        assertThat(client.receive(ConnAck.class).reason()).isEqualTo(ReasonCode.SUCCESS);
        return client;
    }

    /** Sends a request and returns the head of the answer; empty when there is none. */
    String handshake(String request) throws IOException {
        try {
            sendRaw(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        } catch (SocketException closed) {
            return "";
        }
        return head();
    }

    String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                head.write(next);
            }
        } catch (SocketException reset) {
            // what has arrived is all there is
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    void sendRaw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(Packet... packets) throws IOException {
        sendRaw(Frames.masked(Frames.FIN | Frames.BINARY, WireClient.encode(packets)));
    }

    void sendFrame(int firstByte, byte... payload) throws IOException {
        sendRaw(Frames.masked(firstByte, payload));
    }

    <P extends Packet> P receive(Class<P> type) throws IOException {
        return type.cast(Objects.requireNonNull(receive(), "the broker has closed the connection"));
    }

    /** The next packet; null when the broker has closed the connection. Frames that are not binary fail. */
    @Nullable
    Packet receive() throws IOException {
        while (true) {
            Packet packet = decoded();
            if (packet != null) {
                arrived.discardReadBytes();
                return packet;
            }
            Frame frame = frame();
            if (frame == null) {
                return null;
            }
            assertThat(frame.firstByte()).isEqualTo(Frames.FIN | Frames.BINARY);
            arrived.writeBytes(frame.payload());
        }
    }

    private @Nullable Packet decoded() throws IOException {
        try {
            return decoder.decode(arrived);
        } catch (MalformedPacket e) {
            throw new IOException("the broker sent something that is no packet", e);
        }
    }

    /** The next frame; null when the broker has closed the connection. */
    @Nullable
    Frame frame() throws IOException {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            assertThat(length).as("servers do not mask").isLessThan(128);
            byte[] payload = new byte
                    [switch (length) {
                        case 126 -> in.readUnsignedShort();
                        case 127 -> Math.toIntExact(in.readLong());
                        default -> length;
                    }];
            in.readFully(payload);
            return new Frame(first, payload);
        } catch (EOFException | SocketException closed) {
            return null;
        }
    }

    /** The close code of the next frame, after which the broker has closed the connection; 0 for a close frame without one. */
    int closed() throws IOException {
        int code =
                Objects.requireNonNull(frame(), "closed without a close frame").closeCode();
        assertThat(frame()).isNull();
        return code;
    }

    /** The connection is reset, without another word. */
    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
