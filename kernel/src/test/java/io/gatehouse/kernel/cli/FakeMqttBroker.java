package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.codec.MalformedPacket;
import io.gatehouse.kernel.codec.PacketDecoder;
import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.packet.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Takes one connection after the other and answers each packet as a script says. Remembers what it received. */
final class FakeMqttBroker implements AutoCloseable {
    final List<Packet> received = new CopyOnWriteArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final Function<Packet, List<Packet>> script;

    FakeMqttBroker(Function<Packet, List<Packet>> script) throws IOException {
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    String port() {
        return Integer.toString(server.getLocalPort());
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                serve(socket);
            } catch (IOException | MalformedPacket ended) {
                // the next one, please
            }
        }
    }

    private void serve(Socket socket) throws IOException, MalformedPacket {
        PacketDecoder decoder = new PacketDecoder(1_000_000);
        ByteBuf in = Unpooled.buffer();
        while (in.writeBytes(socket.getInputStream(), 4_096) >= 0) {
            for (Packet packet = decoder.decode(in); packet != null; packet = decoder.decode(in)) {
                received.add(packet);
                ByteBuf out = Unpooled.buffer();
                script.apply(packet).forEach(answer -> PacketEncoder.encode(answer, decoder.version(), 1_000_000, out));
                out.readBytes(socket.getOutputStream(), out.readableBytes());
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
