package io.gatehouse.kernel.payload;

import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.security.GateCall;
import io.gatehouse.kernel.security.GateFailure;
import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What the four chains have in common: each gate sees what the one before forwarded; drop and reject end the chain; a gate that is
 * absent or fails rejects. Immutable; any number of threads at a time.
 *
 * @param <I> the interceptor
 * @param <T> what goes through the chain
 */
final class InterceptorChain<I, T> {

    /** Calls the one method of an interceptor. */
    @FunctionalInterface
    interface Call<I, T> {
        @Nullable
        Verdict<T> on(I interceptor, Client client, T value) throws Exception;
    }

    /** Looks at what a gate forwarded; may throw when it is made of nulls. */
    @FunctionalInterface
    interface Check<T> {
        /** What is wrong with the new value, as the end of the sentence "it forwarded ..."; null when nothing is. */
        @Nullable
        String problem(T before, T after);
    }

    /** Calls a gate on a lane or elsewhere. */
    @FunctionalInterface
    private interface Way<I, T> {
        Verdict<T> ask(Gate<I> gate, Callable<@Nullable Verdict<T>> asked) throws GateFailure;
    }

    private final List<Gate<I>> gates;
    private final Duration deadline;
    private final Call<I, T> call;
    private final Check<T> check;
    private final boolean declaredBlocking;

    InterceptorChain(List<Gate<I>> gates, Duration deadline, Call<I, T> call, Check<T> check) {
        this.gates = List.copyOf(gates);
        this.deadline = deadline;
        this.call = call;
        this.check = check;
        this.declaredBlocking = gates.stream().anyMatch(Gate::blocking);
    }

    boolean isEmpty() {
        return gates.isEmpty();
    }

    boolean isBlocking() {
        for (int i = 0; i < gates.size(); i++) {
            if (gates.get(i).service() != null && gates.get(i).isOffLane()) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    Gate<I> hole() {
        for (int i = 0; i < gates.size(); i++) {
            if (gates.get(i).service() == null) {
                return gates.get(i);
            }
        }
        return null;
    }

    /** A module that is moved off the lanes after the caller has looked whether one is called here once more, and watched. */
    Verdict<T> onLane(Client client, T value, LaneSlot lane) {
        if (declaredBlocking) {
            throw new IllegalStateException("a chain with a blocking module must not be applied on a lane");
        }
        return apply(client, value, (gate, asked) -> GateCall.direct(deadline, gate, lane, asked));
    }

    /** For modules that belong on the lane unless they block. */
    Verdict<T> onVirtualThread(Client client, T value) {
        return apply(client, value, (gate, asked) -> GateCall.onProbation(deadline, gate, asked));
    }

    /** For modules that may always block. */
    Verdict<T> neverOnLane(Client client, T value) {
        return apply(client, value, (gate, asked) -> GateCall.within(deadline, gate, asked));
    }

    private Verdict<T> apply(Client client, T value, Way<I, T> way) {
        T current = value;
        for (int i = 0; i < gates.size(); i++) {
            Verdict<T> verdict = pass(gates.get(i), client, current, way);
            switch (verdict) {
                case Verdict.Forward<T> forward -> current = forward.value();
                case Verdict.Drop<T> drop -> {
                    return drop;
                }
                case Verdict.Reject<T> reject -> {
                    return reject;
                }
            }
        }
        return Verdict.forward(current);
    }

    private Verdict<T> pass(Gate<I> gate, Client client, T value, Way<I, T> way) {
        I interceptor = gate.service();
        if (interceptor == null) {
            return Verdict.reject(ReasonCode.SERVER_UNAVAILABLE, "module " + gate.name() + " is absent");
        }
        Callable<@Nullable Verdict<T>> asked = () -> checked(value, call.on(interceptor, client, value));
        try {
            Verdict<T> verdict = way.ask(gate, asked);
            if (verdict instanceof Verdict.Reject<T>) {
                gate.meter().refused();
            }
            return verdict;
        } catch (GateFailure failure) {
            return Verdict.reject(
                    ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR,
                    "module " + gate.name() + " failed: " + failure.getMessage());
        }
    }

    /** Part of the guarded call, so that a value made of nulls is a failure like any other. */
    @SuppressWarnings("ReferenceEquality") // the very same value was good before; most gates only look
    private @Nullable Verdict<T> checked(T before, @Nullable Verdict<T> verdict) throws GateFailure {
        if (verdict instanceof Verdict.Forward<T> forward && forward.value() != before) {
            String problem = check.problem(before, forward.value());
            if (problem != null) {
                throw new GateFailure("it forwarded " + problem);
            }
        }
        return verdict;
    }
}
