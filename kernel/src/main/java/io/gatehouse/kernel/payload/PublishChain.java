package io.gatehouse.kernel.payload;

import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The modules of {@code interceptors.publish}: what they make of a message before it is routed. What they rewrote has to be authorized again by the caller.
 * Immutable; any number of threads at a time.
 */
public final class PublishChain {
    private final InterceptorChain<PublishInterceptor, Message> chain;

    /** @param deadline for each call */
    public PublishChain(List<Gate<PublishInterceptor>> gates, Duration deadline) {
        chain = new InterceptorChain<>(
                gates, deadline, PublishInterceptor::onPublish, (before, after) -> Values.problemOfMessage(after));
    }

    /** True when there is nobody to ask. */
    public boolean isEmpty() {
        return chain.isEmpty();
    }

    /** The first module of the chain that is absent, for which it may be worth waiting; null when all are there. */
    public @Nullable Gate<PublishInterceptor> hole() {
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
    public Verdict<Message> apply(Client client, Message message, LaneSlot lane) {
        return chain.onLane(client, message, lane);
    }

    /** Asks all on a virtual thread; blocks up to the deadline for each. Never throws. */
    public Verdict<Message> applyBlocking(Client client, Message message) {
        return chain.onVirtualThread(client, message);
    }
}
