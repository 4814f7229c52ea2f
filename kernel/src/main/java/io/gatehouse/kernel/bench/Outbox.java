package io.gatehouse.kernel.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** What one client has written in the present round of its event loop: one buffer for all packets, one system call. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel tells its pipeline of failures
final class Outbox {
    private static final int FIRST = 256;
    private static final int FULL = 32 * 1024;

    private final Channel channel;
    private @Nullable ByteBuf collected;
    private int usualSize = FIRST;

    Outbox(Channel channel) {
        this.channel = channel;
    }

    /** Where to write the next packet. */
    ByteBuf buffer() {
        ByteBuf buffer = collected;
        if (buffer == null) {
            buffer = channel.alloc().buffer(usualSize);
            collected = buffer;
        }
        return buffer;
    }

    /** Hands a full buffer to the channel, so that it knows how much waits; to be called after each packet. */
    void packetWritten() {
        if (collected != null && collected.readableBytes() >= FULL) {
            handOver();
        }
    }

    void flush() {
        if (collected != null) {
            usualSize = Math.clamp(collected.readableBytes(), FIRST, FULL);
            handOver();
        }
        channel.flush();
    }

    /** Forgets what was not handed over: the channel is closed. */
    void release() {
        if (collected != null) {
            collected.release();
            collected = null;
        }
    }

    private void handOver() {
        ByteBuf buffer = collected;
        collected = null;
        if (buffer != null) {
            channel.write(buffer, channel.voidPromise());
        }
    }
}
