package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.codec.MalformedPacket;
import io.gatehouse.kernel.codec.PacketDecoder;
import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.codec.Side;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's end of an MQTT connection over plain TCP, for programs that do one thing at a time. All calls block and come from one
 * thread, except {@link #close()}, which any thread may call to end a call that waits.
 */
public final class MqttLink implements AutoCloseable {
    /** The largest packet of the protocol; a client that was started by hand takes what the broker sends. */
    private static final int MAX_PACKET = 268_435_455 + 5;

    private static final int READ_SIZE = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final PacketDecoder decoder = new PacketDecoder(MAX_PACKET, Side.CLIENT);
    private final ByteBuf received = Unpooled.buffer(READ_SIZE);
    private MqttVersion version = MqttVersion.V5;

    private MqttLink(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** Connects the socket; the first packet to send is a CONNECT. */
    public static MqttLink open(String host, int port, Duration timeout) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        Socket socket = new Socket();
        try {
            socket.connect(address, Math.toIntExact(timeout.toMillis()));
            socket.setTcpNoDelay(true);
            return new MqttLink(socket);
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    /**
     * Sends one packet. A CONNECT decides the version of all that follow.
     *
     * @throws IllegalArgumentException when the version cannot express the packet
     */
    public void send(Packet packet) throws IOException {
        if (packet instanceof Connect connect) {
            version = connect.version();
            decoder.version(version);
        }
        ByteBuf bytes = Unpooled.buffer();
        if (!PacketEncoder.encode(packet, version, MAX_PACKET, bytes)) {
            throw new IllegalArgumentException("the message is larger than MQTT allows");
        }
        bytes.readBytes(out, bytes.readableBytes());
        out.flush();
    }

    /**
     * Waits for the next packet; empty when none came in time.
     *
     * @throws EOFException when the other end closed the connection
     * @throws IOException when what came is not MQTT
     */
    public Optional<Packet> receive(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Packet packet = decode();
            if (packet != null) {
                return Optional.of(packet);
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            socket.setSoTimeout(Math.toIntExact(left));
            try {
                if (received.discardReadBytes().writeBytes(in, READ_SIZE) < 0) {
                    throw new EOFException("the broker closed the connection");
                }
            } catch (SocketTimeoutException late) {
                return Optional.empty();
            }
        }
    }

    private @Nullable Packet decode() throws IOException {
        try {
            return decoder.decode(received);
        } catch (MalformedPacket malformed) {
            throw new IOException("what came is not MQTT: " + malformed.getMessage(), malformed);
        }
    }

    /** Closes the socket. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
