package io.gatehouse.kernel.security;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one module. There is one for each module name; it outlives snapshots and restarts of the module. Any thread. */
public final class GateMeter {
    private final FailureLog log;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final AtomicInteger leftBehind = new AtomicInteger();

    /** The counters of the module with this name, all zero. */
    public GateMeter(String module) {
        this.log = new FailureLog(module);
    }

    /** How often the kernel called the module. */
    public long calls() {
        return calls.sum();
    }

    /** How many calls gave no decision: late, exception, null or something that the SDK forbids. */
    public long failures() {
        return failures.sum();
    }

    /** How many calls ended in a refusal that the module decided. */
    public long refusals() {
        return refusals.sum();
    }

    /** Calls that the kernel gave up and that nevertheless still run. */
    public int leftBehind() {
        return leftBehind.get();
    }

    /** Counts one call, before it is made. */
    public void called() {
        calls.increment();
    }

    /** Counts one refusal. */
    public void refused() {
        refusals.increment();
    }

    /** Counts one failure and logs it, throttled. */
    public void failed(GateFailure failure) {
        failures.increment();
        log.failed(failure);
    }

    void leaveBehind() {
        leftBehind.incrementAndGet();
    }

    void cameBack() {
        leftBehind.decrementAndGet();
    }
}
