package io.gatehouse.kernel.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Optional;

/** Lines of bytes over a blocking channel, each bounded. Used by one thread. */
final class LineChannel {
    private final ByteChannel channel;
    private final int maximum;
    private final ByteBuffer buffer = ByteBuffer.allocate(8 * 1024).limit(0);

    /** @param maximum the longest line that is taken, in bytes, without its end */
    LineChannel(ByteChannel channel, int maximum) {
        this.channel = channel;
        this.maximum = maximum;
    }

    /**
     * The next line without its end; empty when the peer closed. A line that the peer did not finish is not a line. Blocks.
     *
     * @throws LineTooLong when it is longer than the maximum
     */
    Optional<byte[]> read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next == '\n') {
                    return Optional.of(line.toByteArray());
                }
                if (line.size() == maximum) {
                    throw new LineTooLong();
                }
                line.write(next);
            }
            buffer.clear();
            int count = channel.read(buffer);
            buffer.flip();
            if (count < 0) {
                return Optional.empty();
            }
        }
    }

    /** Writes bytes that end a line themselves. Blocks. */
    void write(byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A line that is longer than it may be. */
    static final class LineTooLong extends IOException {
        private static final long serialVersionUID = 1L;

        LineTooLong() {
            super("line too long");
        }
    }
}
