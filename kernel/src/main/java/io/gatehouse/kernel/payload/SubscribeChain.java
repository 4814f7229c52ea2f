package io.gatehouse.kernel.payload;

import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.sdk.intercept.SubscribeInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Subscription;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The modules of {@code interceptors.subscribe}: what they make of one filter of a SUBSCRIBE before it is authorized.
 * Immutable; any number of threads at a time.
 */
public final class SubscribeChain {
    private final InterceptorChain<SubscribeInterceptor, Subscription> chain;

    /** @param deadline for each call */
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

    /** The first module of the chain that is absent, for which it may be worth waiting; null when all are there. */
    public @Nullable Gate<SubscribeInterceptor> hole() {
        return chain.hole();
    }

    /** True when one of them may not be called on a lane now: then {@link #applyBlocking} is the only way. */
    public boolean isBlocking() {
        return chain.isBlocking();
    }

    /**
     * Asks all on the lane; does not block.
     *
     * @param lane of the calling thread
     * @throws IllegalStateException when a module declared to block
     */
    public Verdict<Subscription> apply(Client client, Subscription subscription, LaneSlot lane) {
        return chain.onLane(client, subscription, lane);
    }

    /** Asks all on a virtual thread; blocks up to the deadline for each. Never throws. */
    public Verdict<Subscription> applyBlocking(Client client, Subscription subscription) {
        return chain.onVirtualThread(client, subscription);
    }
}
