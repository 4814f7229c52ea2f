package io.gatehouse.kernel.payload;

import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.intercept.SubscribeInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Subscription;
import java.time.Duration;
import java.util.List;

/**
 * The modules of {@code interceptors.subscribe}: what they make of one filter of a SUBSCRIBE before it is authorized.
 * Immutable; any number of threads at a time.
 */
public final class SubscribeChain {
    private final InterceptorChain<SubscribeInterceptor, Subscription> chain;

    /** @param deadline for each call that may block */
    public SubscribeChain(List<Gate<SubscribeInterceptor>> gates, Duration deadline) {
        chain = new InterceptorChain<>(
                gates,
                deadline,
                SubscribeInterceptor::onSubscribe,
                (before, after) -> Values.problemOfSubscription(after));
    }

    /** True when there is nobody to ask. */
    public boolean isEmpty() {
        return chain.isEmpty();
    }

    /** True when one of them may block: then {@link #applyBlocking} is the only way. */
    public boolean isBlocking() {
        return chain.isBlocking();
    }

    /**
     * Asks all on the lane; does not block.
     *
     * @throws IllegalStateException when the chain {@link #isBlocking()}
     */
    public Verdict<Subscription> apply(Client client, Subscription subscription) {
        return chain.onLane(client, subscription);
    }

    /** Asks all on a virtual thread; blocks up to the deadline for each that may block. Never throws. */
    public Verdict<Subscription> applyBlocking(Client client, Subscription subscription) {
        return chain.onVirtualThread(client, subscription, false);
    }
}
