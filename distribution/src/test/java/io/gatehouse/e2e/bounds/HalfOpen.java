package io.gatehouse.e2e.bounds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Connections whose CONNECT never comes to an end: some say nothing, some a byte, some half of a CONNECT as long as it may be. */
final class HalfOpen implements AutoCloseable {
    private final List<SocketChannel> channels = new ArrayList<>();

    HalfOpen(int port, int count) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            for (int i = 0; i < count; i++) {
                SocketChannel channel = SocketChannel.open(address);
                channels.add(channel);
                channel.write(beginning(i % 3));
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer beginning(int kind) {
        return switch (kind) {
            case 0 -> ByteBuffer.allocate(0);
            case 1 -> ByteBuffer.wrap(new byte[] {0x10});
            default -> {
                // CONNECT, 16,000 bytes to follow; MQTT 5.0, clean start, keep alive 0, no properties, a client
                // identifier begins
                byte[] header =
                        HexFormat.of().parseHex("10807d" + "00044d515454" + "05" + "02" + "0000" + "00" + "3e00");
                yield ByteBuffer.allocate(8_000).put(header).rewind();
            }
        };
    }

    @Override
    public void close() {
        for (SocketChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
