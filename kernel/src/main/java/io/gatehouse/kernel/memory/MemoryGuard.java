package io.gatehouse.kernel.memory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the memory, so that the broker refuses politely before it dies.
 *
 * <pre>
 *            >= ceiling - 10               >= ceiling
 *   NORMAL ------------------> TIGHT ------------------> FULL       (percent of the fullest kind of memory)
 *          <------------------       <------------------
 *            < ceiling - 15                < ceiling - 5
 * </pre>
 */
public final class MemoryGuard implements MemoryPressure, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryGuard.class);
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final Duration SHORT_PERIOD = Duration.ofMillis(20);
    private static final int TIGHT_BELOW_CEILING = 10;
    private static final int SLACK = 5;
    private static final int CLOSE_BELOW_CEILING = 35;

    private final IntSupplier ceiling;
    private final List<MemoryGauge> gauges;
    private final WaitingBytes waiting;
    private volatile MemoryLevel level = MemoryLevel.NORMAL;
    private volatile int percent;
    private volatile boolean closed;

    /**
     * A guard that looks when it is told to.
     *
     * @param ceiling percent of the memory from which on nothing more is taken
     * @param waiting what {@link #waits} counts in
     */
    public MemoryGuard(IntSupplier ceiling, List<MemoryGauge> gauges, WaitingBytes waiting) {
        this.ceiling = ceiling;
        this.gauges = List.copyOf(gauges);
        this.waiting = waiting;
    }

    /** Looks ten times in a second from now on, and more often when it matters, until it is closed. */
    public MemoryGuard start() {
        Thread.ofPlatform().daemon().name("memory-guard").start(this::watch);
        return this;
    }

    @Override
    public MemoryLevel level() {
        return level;
    }

    @Override
    public void waits(long more) {
        waiting.add(more);
    }

    /** How full the fullest kind of memory was at the last look, in percent. */
    public int percent() {
        return percent;
    }

    private void watch() {
        while (!closed) {
            try {
                check();
            } catch (RuntimeException e) {
                LOG.error("The memory could not be measured", e);
            }
            boolean close = percent >= ceiling.getAsInt() - CLOSE_BELOW_CEILING;
            LockSupport.parkNanos((close ? SHORT_PERIOD : PERIOD).toNanos());
        }
    }

    /** Measures, and once more with more effort when the result matters. One thread only. */
    void check() {
        percent = measured();
        if (percent >= ceiling.getAsInt() - TIGHT_BELOW_CEILING || level != MemoryLevel.NORMAL) {
            gauges.forEach(MemoryGauge::refresh);
            percent = measured();
        }
        MemoryLevel next = next(level, percent - ceiling.getAsInt());
        if (next != level) {
            level = next;
            tell(next);
        }
    }

    private int measured() {
        return (int) Math.round(
                100 * gauges.stream().mapToDouble(MemoryGauge::used).max().orElse(0));
    }

    private static MemoryLevel next(MemoryLevel now, int overCeiling) {
        if (overCeiling >= 0 || (now == MemoryLevel.FULL && overCeiling >= -SLACK)) {
            return MemoryLevel.FULL;
        }
        boolean tight = overCeiling >= -TIGHT_BELOW_CEILING
                || (now != MemoryLevel.NORMAL && overCeiling >= -TIGHT_BELOW_CEILING - SLACK);
        return tight ? MemoryLevel.TIGHT : MemoryLevel.NORMAL;
    }

    private void tell(MemoryLevel now) {
        switch (now) {
            case NORMAL -> LOG.info("The memory is at {} percent: everything is taken again", percent);
            case TIGHT ->
                LOG.warn(
                        "The memory is at {} percent: no new sessions and no retained messages for further topics are taken;"
                                + " give the broker more (-Xmx in conf/jvm.options) or lower the limits of docs/limits.md",
                        percent);
            case FULL ->
                LOG.warn(
                        "The memory is at {} percent, memory.ceiling is {}: publishers wait, then their messages are refused",
                        percent,
                        ceiling.getAsInt());
        }
    }

    /** Stops looking; what was measured last stays. */
    @Override
    public void close() {
        closed = true;
    }
}
