package io.gatehouse.kernel.security;

import io.gatehouse.kernel.session.LaneSlot;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Calls plugin code so that nothing it does can become a permission: whatever is not a value in time becomes a {@link GateFailure},
 * which is counted, logged and held against the module. Every Throwable is caught on purpose, errors included: a StackOverflowError or
 * a LinkageError of a plugin is a refusal, not the end of a lane.
 *
 * <p>What a caller cannot accept it must find out within the call and throw as a GateFailure, so that it counts like any other. While a
 * module is called, its class loader is the thread's context class loader.
 */
public final class GateCall {
    /** What a call on a virtual thread is for. */
    enum Purpose {
        DECISION,
        /** A decision that also decides whether the service may be called on lanes. */
        PROBATION,
        /** No decision: neither counted nor timed. */
        ASIDE
    }

    private GateCall() {}

    /** Calls on the lane, under the eyes of {@link LaneWatch}: for services that are not {@link Gate#isOffLane}. */
    public static <V> V direct(Duration deadline, Gate<?> gate, LaneSlot lane, Callable<@Nullable V> call)
            throws GateFailure {
        Conduct conduct = gate.conduct();
        conduct.admit();
        conduct.called();
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(loader(gate));
        boolean timed = lane.begin(conduct, deadline);
        long begin = timed ? System.nanoTime() : 0;
        V value = null;
        GateFailure failure = null;
        boolean late;
        try {
            value = call.call();
        } catch (GateFailure thrown) {
            failure = thrown;
        } catch (Throwable thrown) {
            failure = GateFailure.threw(thrown);
        } finally {
            late = lane.end();
            thread.setContextClassLoader(usual);
        }
        if (timed) {
            conduct.took(System.nanoTime() - begin);
        }
        return judged(conduct, late ? GateFailure.late(deadline) : failure, value);
    }

    /**
     * Calls on a thread of its own, a virtual one as a rule, and waits, blocking, no longer than the deadline, in which waiting for the module's other
     * calls is included; a late call is interrupted and left behind. When the waiting thread itself is interrupted, the call is given
     * up at once and the interrupt kept.
     */
    public static <V> V within(Duration deadline, Gate<?> gate, Callable<@Nullable V> call) throws GateFailure {
        gate.conduct().admit();
        return elsewhere(deadline, gate, call, Purpose.DECISION);
    }

    /** The same for calls that belong on the lane: they decide about a service on probation. */
    public static <V> V onProbation(Duration deadline, Gate<?> gate, Callable<@Nullable V> call) throws GateFailure {
        gate.conduct().admit();
        return elsewhere(deadline, gate, call, Purpose.PROBATION);
    }

    /** The same for what decides nothing, such as the name of a method: not counted as a call, and no trial of a module that failed. */
    static <V> V aside(Duration deadline, Gate<?> gate, Callable<@Nullable V> call) throws GateFailure {
        gate.conduct().admitAside();
        return elsewhere(deadline, gate, call, Purpose.ASIDE);
    }

    /** The same for what has to be said in any case, even while the circuit is open. */
    static <V> V farewell(Duration deadline, Gate<?> gate, Callable<@Nullable V> call) throws GateFailure {
        return elsewhere(deadline, gate, call, Purpose.ASIDE);
    }

    private static <V> V elsewhere(Duration deadline, Gate<?> gate, Callable<@Nullable V> call, Purpose purpose)
            throws GateFailure {
        Conduct conduct = gate.conduct();
        long begin = System.nanoTime();
        conduct.awaitTurn(deadline);
        if (purpose != Purpose.ASIDE) {
            conduct.called();
        }
        GateAttempt<V> attempt = new GateAttempt<>(conduct, loader(gate), call, purpose);
        attempt.start();
        Duration left = deadline.minusNanos(System.nanoTime() - begin);
        V value = null;
        GateFailure failure = null;
        try {
            value = attempt.await(deadline, left);
        } catch (GateFailure thrown) {
            failure = thrown;
        }
        if (failure != null && !isItsFault(deadline, left)) {
            conduct.failed(failure, false);
            throw failure;
        }
        if (purpose == Purpose.ASIDE && failure == null && value != null) {
            return value;
        }
        return judged(conduct, failure, value);
    }

    /** Who had to wait for its turn for most of the deadline, or was not waited for, may have been quick enough. */
    private static boolean isItsFault(Duration deadline, Duration left) {
        return left.multipliedBy(2).compareTo(deadline) >= 0
                && !Thread.currentThread().isInterrupted();
    }

    private static <V> V judged(Conduct conduct, @Nullable GateFailure failure, @Nullable V value) throws GateFailure {
        GateFailure problem = failure == null && value == null ? GateFailure.returnedNull() : failure;
        if (problem != null) {
            conduct.failed(problem, true);
            throw problem;
        }
        conduct.succeeded();
        return Objects.requireNonNull(value);
    }

    private static @Nullable ClassLoader loader(Gate<?> gate) {
        Object service = gate.service();
        return service == null ? null : service.getClass().getClassLoader();
    }
}
