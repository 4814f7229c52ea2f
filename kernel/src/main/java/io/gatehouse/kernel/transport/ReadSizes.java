package io.gatehouse.kernel.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How much is read from a connection at once: little from one that says little, much from one that says much. A read that fills its buffer
 * quadruples the next one; two in a row that leave three quarters of it free quarter it. The buffer is not kept, so the size matters
 * for system calls and copies, not for memory at rest.
 */
final class ReadSizes implements RecvByteBufAllocator {
    private static final int SMALLEST = 2 * 1024;
    private static final int LARGEST = 128 * 1024;
    private static final int STEP = 4;

    /** Reads in a row before others have their turn. */
    private static final byte MOST_READS = 16;

    @Override
    public ExtendedHandle newHandle() {
        return new Reads();
    }

    /** One connection's reads. A few words, for every connection has one. */
    private static final class Reads implements ExtendedHandle {
        private int next = SMALLEST;
        private int attempted;
        private int last;
        private boolean autoRead;
        private boolean mostlyFree;
        private byte reads;

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(next);
        }

        @Override
        public int guess() {
            return next;
        }

        @Override
        public void reset(ChannelConfig config) {
            autoRead = config.isAutoRead();
            reads = 0;
            last = 0;
        }

        @Override
        public void incMessagesRead(int count) {
            reads += (byte) count;
        }

        @Override
        public void lastBytesRead(int bytes) {
            last = bytes;
            if (bytes <= 0) {
                return;
            }
            boolean free = bytes <= attempted / STEP;
            if (bytes == attempted) {
                next = Math.min(LARGEST, attempted * STEP);
            } else if (free && mostlyFree) {
                next = Math.max(SMALLEST, attempted / STEP);
            }
            mostlyFree = free;
        }

        @Override
        public int lastBytesRead() {
            return last;
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            attempted = bytes;
        }

        @Override
        public int attemptedBytesRead() {
            return attempted;
        }

        @Override
        public boolean continueReading() {
            return autoRead && reads < MOST_READS && last == attempted && last > 0;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return autoRead && reads < MOST_READS && last > 0 && maybeMoreData.get();
        }

        @Override
        public void readComplete() {
            // Each read has said all there is to say.
        }
    }
}
