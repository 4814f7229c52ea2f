package io.gatehouse.kernel.transport;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;

/** Buffers that are counted until they are let go, as long as there are any. */
final class CountedBuffers extends AbstractByteBufAllocator {
    private int held;

    /** No more are to be had. */
    boolean usedUp;

    /** How many nobody has let go yet. */
    int held() {
        return held;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        if (usedUp) {
            throw new OutOfMemoryError("for a test");
        }
        held++;
        return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity) {
            @Override
            protected void deallocate() {
                super.deallocate();
                held--;
            }
        };
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return newHeapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }
}
