package io.gatehouse.kernel.security;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one module. There is one for each module name; it outlives snapshots and restarts of the module, and holds none of
 * its objects. Any thread.
 */
public final class GateMeter {
    private final String module;
    private final FailureLog log;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final Latencies latencies = new Latencies(System::nanoTime);
    private final List<Known> services = new CopyOnWriteArrayList<>();
    private volatile GateLimits limits;

    /** The counters of the module with this name, all zero, with the limits that are the default. */
    public GateMeter(String module) {
        this(module, GateLimits.DEFAULT);
    }

    /** The same with other limits. */
    public GateMeter(String module, GateLimits limits) {
        this.module = module;
        this.log = new FailureLog(module);
        this.limits = limits;
    }

    /** The module's name. */
    public String module() {
        return module;
    }

    /** Replaces the limits; they are in force for what the module offers from now on. */
    public void limits(GateLimits replacement) {
        limits = replacement;
    }

    /** How often the kernel called the module. */
    public long calls() {
        return calls.sum();
    }

    /** How many calls gave no decision: not made, late, exception, null or something that the SDK forbids. */
    public long failures() {
        return failures.sum();
    }

    /** How many calls ended in a refusal that the module decided. */
    public long refusals() {
        return refusals.sum();
    }

    /** What 99 of 100 calls of the last minute or two did not exceed, at most a quarter too large; zero when there were none. */
    public Duration p99() {
        return latencies.p99();
    }

    /** What the kernel holds against this service of the module, in one sentence for an operator; empty when all is well. */
    public Optional<String> trouble(Object service) {
        return conductOf(service).trouble();
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

    void took(long nanos) {
        latencies.took(nanos);
    }

    /** How this service behaves; always the same for the same one. */
    @SuppressWarnings("ReferenceEquality") // plugins may define equals as they like
    synchronized Conduct conductOf(@Nullable Object service) {
        services.removeIf(known -> known.service.refersTo(null));
        for (Known known : services) {
            if (service != null && known.service.refersTo(service)) {
                return known.conduct;
            }
        }
        Conduct conduct = new Conduct(this, limits);
        if (service != null) {
            services.add(new Known(new WeakReference<>(service), conduct));
        }
        return conduct;
    }

    private record Known(WeakReference<Object> service, Conduct conduct) {}
}
