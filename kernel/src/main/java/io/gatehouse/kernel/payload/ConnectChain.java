package io.gatehouse.kernel.payload;

import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.intercept.ConnectInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.List;

/**
 * The modules of {@code interceptors.connect}: what they make of a CONNECT before authentication. They may always block, so there is
 * no way to apply them on a lane. Immutable; any number of virtual threads at a time.
 */
public final class ConnectChain {
    private final InterceptorChain<ConnectInterceptor, ConnectRequest> chain;

    /** @param deadline for each single call */
    public ConnectChain(List<Gate<ConnectInterceptor>> gates, Duration deadline) {
        chain = new InterceptorChain<>(
                gates,
                deadline,
                (interceptor, client, request) -> interceptor.onConnect(request),
                (before, after) -> Values.problemOfConnect(after));
    }

    /** True when there is nobody to ask. */
    public boolean isEmpty() {
        return chain.isEmpty();
    }

    /** False when a module of the chain is absent; it is worth waiting then. */
    public boolean isComplete() {
        return chain.hole() == null;
    }

    /** True when there is anybody to ask: each of them may block. */
    public boolean isBlocking() {
        return !chain.isEmpty();
    }

    /** Asks all; blocks. Never throws, and never drops: a CONNECT cannot be ignored, so a drop is a refusal. */
    public Verdict<ConnectRequest> applyBlocking(ConnectRequest request) {
        Verdict<ConnectRequest> verdict = chain.neverOnLane(request.client(), request);
        return verdict instanceof Verdict.Drop<ConnectRequest>
                ? Verdict.reject(ReasonCode.NOT_AUTHORIZED, "a connect interceptor dropped the CONNECT")
                : verdict;
    }
}
