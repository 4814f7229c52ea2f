package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.memory.MemoryGauge;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.internal.PlatformDependent;
import org.jspecify.annotations.Nullable;

/** The memory outside of the heap in which bytes wait that were read or are to be written. */
public final class DirectMemory implements MemoryGauge {
    private final @Nullable ByteBufAllocatorMetric metric;
    private final long most;

    /** That of the allocator which all connections use. */
    public DirectMemory() {
        this.metric =
                ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider ? provider.metric() : null;
        this.most = PlatformDependent.maxDirectMemory();
    }

    @Override
    public double used() {
        return metric == null ? 0 : (double) Math.max(0, metric.usedDirectMemory()) / most;
    }
}
