package io.gatehouse.kernel.security;

import io.gatehouse.kernel.session.LaneSlot;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one service of a module behaves, and what it is allowed because of that: whether it is called at all, how often at the same time,
 * and whether on lanes. It lives as long as the service: what replaces or restarts a module begins anew. Any thread.
 */
final class Conduct implements LaneSlot.Callee {
    /**
     * How many given-up calls may still run. A plugin that ignores interrupts cannot be stopped in Java; beyond this many it is refused
     * at once, so that it cannot pile up threads for ever.
     */
    static final int MOST_LEFT_BEHIND = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Conduct.class);

    private final GateMeter meter;
    private final int mostLeftBehind;
    private final Breaker breaker;
    private final LaneTrust trust = new LaneTrust();
    private final Semaphore turns;
    private final AtomicInteger leftBehind = new AtomicInteger();
    private final AtomicInteger lanesHeld = new AtomicInteger();

    Conduct(GateMeter meter, GateLimits limits) {
        this.meter = meter;
        this.mostLeftBehind = Math.min(MOST_LEFT_BEHIND, limits.concurrentCalls());
        this.breaker = new Breaker(meter.module(), limits.breakerFailures(), limits.breakerPause());
        this.turns = new Semaphore(limits.concurrentCalls(), true);
    }

    LaneTrust trust() {
        return trust;
    }

    /** Counts a call that is about to be made, or refuses it when the circuit is open. */
    void admit() throws GateFailure {
        if (!breaker.admits()) {
            throw counted(new GateFailure("it is not asked: " + breaker.trouble()));
        }
    }

    /** Refuses what is asked aside when the circuit is open, without being the one call that tries whether it may close. */
    void admitAside() throws GateFailure {
        if (!breaker.mayAdmit()) {
            throw counted(new GateFailure("it is not asked: " + breaker.trouble()));
        }
    }

    /**
     * Waits until one call more may run on a virtual thread; {@link #giveTurn} must follow. Being refused here says nothing about the
     * module, only about how many ask it.
     */
    void awaitTurn(Duration atMost) throws GateFailure {
        if (leftBehind.get() >= mostLeftBehind) {
            throw counted(
                    new GateFailure(mostLeftBehind + " of its calls are late and still running: restart or remove it"));
        }
        boolean taken = false;
        try {
            taken = turns.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!taken) {
            throw counted(new GateFailure("it has as many calls to answer as plugins.max-concurrent-calls allows, and"
                    + " none of them ended within " + atMost.toMillis() + " ms"));
        }
    }

    void giveTurn() {
        turns.release();
    }

    void called() {
        meter.called();
    }

    void took(long nanos) {
        meter.took(nanos);
    }

    void succeeded() {
        breaker.succeeded();
    }

    /**
     * Counts a failure.
     *
     * @param isItsFault false when anybody would have failed, which does not open the circuit
     */
    void failed(GateFailure failure, boolean isItsFault) {
        meter.failed(failure);
        if (isItsFault) {
            breaker.failed(String.valueOf(failure.getMessage()));
        }
    }

    private GateFailure counted(GateFailure failure) {
        meter.failed(failure);
        return failure;
    }

    /** Calls that the kernel gave up and that nevertheless still run. */
    int leftBehind() {
        return leftBehind.get();
    }

    void leaveBehind() {
        leftBehind.incrementAndGet();
    }

    void cameBack() {
        leftBehind.decrementAndGet();
    }

    /** What an operator has to know, in one sentence; empty when all is well. */
    Optional<String> trouble() {
        String sentences = Stream.of(breaker.trouble(), trust.trouble(), standstill())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        return Optional.of(sentences).filter(text -> !text.isEmpty());
    }

    private @Nullable String standstill() {
        int lanes = lanesHeld.get();
        return lanes == 0
                ? null
                : "calls ignore that they were interrupted, and keep so many lanes from serving clients: " + lanes
                        + "; restart the broker";
    }

    // ---- what the watch of the lanes says

    @Override
    public void lasts(LaneSlot lane, Duration atLeast, StackTraceElement[] stack) {
        if (trust.move(atLeast, PluginFrame.of(stack))) {
            LOG.warn("module {}: {}", meter.module(), trust.trouble());
        }
    }

    @Override
    public void isDeaf(LaneSlot lane) {
        lanesHeld.incrementAndGet();
        LOG.error("module {} holds lane {}: {}", meter.module(), lane.lane(), standstill());
    }

    @Override
    public void cameBack(LaneSlot lane) {
        lanesHeld.decrementAndGet();
    }
}
