package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.session.OnLane;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** What was written to a connection in the present round of its lane: one buffer for all packets, handed to the channel when it is full or flushed. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel tells its pipeline of failures
@OnLane
final class WriteBuffer {
    private static final int FIRST = 512;
    private static final int FULL = 64 * 1024;
    private static final int LARGE = 1024;

    /** More than most packets have beside their payload; if one has more, its buffer grows. */
    private static final int HEADER = 256;

    private final Channel channel;
    private @Nullable ByteBuf collected;
    private int usualSize = FIRST;
    private int handedOver;
    private boolean flushDue;

    /** False while nothing but acknowledgements was written since the last flush. */
    private boolean urgent;

    WriteBuffer(Channel channel) {
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

    /** The same for a packet of about this many bytes: a large one does not make the buffer grow, which would copy what is in it. */
    ByteBuf buffer(int bytes) {
        ByteBuf present = collected;
        if (bytes < LARGE) {
            return buffer();
        }
        if (present != null && present.writableBytes() < bytes + HEADER) {
            handOver();
            present = null;
        }
        if (present == null) {
            present = channel.alloc().buffer(Math.max(usualSize, bytes + HEADER));
            collected = present;
        }
        return present;
    }

    /**
     * Hands a full buffer to the channel; to be called after each packet.
     *
     * @return true for the first packet since the last {@link #flush()}: the caller sees to it that there will be another
     */
    boolean packetWritten() {
        if (collected != null && collected.readableBytes() >= FULL) {
            handOver();
        }
        boolean first = !flushDue;
        flushDue = true;
        return first;
    }

    /** What was written is no mere acknowledgement. */
    void urgent() {
        urgent = true;
    }

    /** True when more than acknowledgements was written since the last flush. */
    boolean isUrgent() {
        return urgent;
    }

    /** Hands over everything and has the channel write it to the network. */
    void flush() {
        flushDue = false;
        urgent = false;
        if (collected != null && collected.isReadable()) {
            handOver();
        } else {
            release();
        }
        usualSize = handedOver == 0 ? usualSize : Math.clamp(handedOver, FIRST, FULL);
        handedOver = 0;
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
            handedOver += buffer.readableBytes();
            channel.write(buffer, channel.voidPromise());
        }
    }
}
