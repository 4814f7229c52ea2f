package io.gatehouse.kernel.warmup;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that says what it is told to, counts by type what comes, and acknowledges it. It has nothing to do with the broker's own
 * decoder: that one is to be compiled for what clients send, not for what they get. One thread.
 */
final class WarmUpClient {
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;
    static final int SUBACK = 9;
    static final int UNSUBACK = 11;
    static final int PINGRESP = 13;

    /** More than anything takes on a machine that is not about to stop. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** Between two looks at what others do. */
    static final long A_MOMENT_NANOS = 50_000;

    private static final int LARGEST_READ = 64 * 1024;
    private static final int MOST_ANSWERS = 16 * 1024;

    private final SocketChannel socket;
    private final Duration patience;
    private final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST_READ);
    private final ByteBuffer answers = ByteBuffer.allocateDirect(MOST_ANSWERS);
    private final int[] received = new int[16];

    WarmUpClient(InetSocketAddress broker) throws IOException {
        this(broker, LONGEST_WAIT);
    }

    /** @param patience how long it waits for the system to take what it sends */
    WarmUpClient(InetSocketAddress broker, Duration patience) throws IOException {
        this.patience = patience;
        socket = SocketChannel.open(broker);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.configureBlocking(false);
    }

    /**
     * Sends these bytes, and waits until the system has taken them.
     *
     * @throws IOException also when it does not take them in time
     */
    void send(byte[] packets) throws IOException {
        send(ByteBuffer.wrap(packets));
    }

    private void send(ByteBuffer bytes) throws IOException {
        socket.write(bytes);
        long begin = System.nanoTime();
        while (bytes.hasRemaining()) {
            if (System.nanoTime() - begin > patience.toNanos()) {
                throw new IOException("nothing was read in " + patience);
            }
            LockSupport.parkNanos(this, A_MOMENT_NANOS);
            socket.write(bytes);
        }
    }

    /** Looks at what has come, if anything has, and acknowledges it. */
    void read() throws IOException {
        int count = socket.read(in);
        if (count < 0) {
            throw new EOFException("the connection was closed");
        }
        if (count == 0) {
            return;
        }
        in.flip();
        while (hasPacket()) {
            packet();
        }
        in.compact();
        answers.flip();
        send(answers);
        answers.clear();
    }

    /** How many packets of this type came so far. */
    int received(int type) {
        return received[type];
    }

    /** Ends the connection without a word. */
    void cut() throws IOException {
        socket.close();
    }

    private boolean hasPacket() {
        int at = in.position() + 1;
        int length = 0;
        for (int shift = 0; at < in.limit(); shift += 7) {
            int digit = in.get(at++);
            length |= (digit & 0x7F) << shift;
            if (digit >= 0) {
                return in.limit() - at >= length;
            }
        }
        return false;
    }

    private void packet() {
        int first = in.get();
        int type = (first >> 4) & 0xF;
        int end = length();
        end += in.position();
        received[type]++;
        switch (type) {
            case PUBLISH -> {
                int qos = (first & 0b0110) >> 1;
                if (qos > 0) {
                    int topic = in.getShort();
                    answer(qos == 1 ? PUBACK : PUBREC, in.getShort(in.position() + topic));
                }
            }
            case PUBREC -> answer(PUBREL, in.getShort());
            case PUBREL -> answer(PUBCOMP, in.getShort());
            default -> {
                // Nothing is to be said.
            }
        }
        in.position(end);
    }

    private int length() {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int digit = in.get();
            length |= (digit & 0x7F) << shift;
            if (digit >= 0) {
                return length;
            }
        }
    }

    private void answer(int type, short packetId) {
        answers.put((byte) (type << 4 | (type == PUBREL ? 2 : 0))).put((byte) 2).putShort(packetId);
    }
}
