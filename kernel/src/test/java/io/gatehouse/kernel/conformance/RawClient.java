package io.gatehouse.kernel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.codec.HexText;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HexFormat;

/** A client that is told byte by byte what to send, and compares byte by byte what it gets. */
final class RawClient {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String PING = "c0 00";
    private static final String PONG = "d0 00";

    private final Socket socket = new Socket();
    private final InputStream in;

    RawClient(InetSocketAddress address) {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(address);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes as {@link HexText} has them. */
    RawClient send(String hex) {
        return sendBytes(HexText.bytes(hex));
    }

    /** Sends a packet whose remaining length is put in. */
    RawClient packet(String first, String rest) {
        return sendBytes(packetBytes(first, HexText.bytes(rest)));
    }

    static byte[] packetBytes(String first, byte[] rest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexText.bytes(first));
        int left = rest.length;
        do {
            int digit = left % 128;
            left /= 128;
            out.write(left > 0 ? digit | 0x80 : digit);
        } while (left > 0);
        out.writeBytes(rest);
        return out.toByteArray();
    }

    RawClient sendBytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Reads the next packet, as hexadecimal pairs. */
    String receive() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(read());
            int length = 0;
            for (int shift = 0, digit = 0x80; (digit & 0x80) != 0; shift += 7) {
                digit = read();
                out.write(digit);
                length |= (digit & 0x7F) << shift;
            }
            out.writeBytes(in.readNBytes(length));
            return hex(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int read() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("the broker has closed the connection");
        }
        return value;
    }

    /** The next packets must be exactly these. */
    RawClient expect(String... packets) {
        for (String packet : packets) {
            assertThat(receive()).isEqualTo(hex(HexText.bytes(packet)));
        }
        return this;
    }

    /** The same for packets on one topic, which stands where their {@code %s} is. */
    RawClient expectOn(String topic, String... packets) {
        for (String packet : packets) {
            expect(packet.formatted(topic));
        }
        return this;
    }

    /** The broker must close the connection without another byte. */
    void expectClosed() {
        try {
            assertThat(in.read()).as("a byte before the end").isEqualTo(-1);
        } catch (SocketException reset) {
            // It had bytes of ours that it will not read: closed all the same.
            assertThat(reset).hasMessageContaining("reset");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing may be on its way to this client: the answer to a ping comes next. */
    RawClient expectNothing() {
        return send(PING).expect(PONG);
    }

    /** Ends the connection without a word. */
    void drop() {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says goodbye and waits until the broker has closed. */
    void disconnect() {
        send("e0 00").expectClosed();
        drop();
    }

    static String hex(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
}
