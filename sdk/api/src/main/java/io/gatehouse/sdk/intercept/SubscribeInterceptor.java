package io.gatehouse.sdk.intercept;

import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Subscription;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks at one filter of a SUBSCRIBE before it is authorized and may rewrite it. Its place is where the operator names the component
 * in {@code interceptors.subscribe}.
 *
 * <p>Called on the subscriber's lane: it must not block unless the component is marked
 * {@link io.gatehouse.sdk.plugin.Blocking @Blocking}. A failed call (late, exception, null) refuses this filter.
 */
@ConsumerType
@FunctionalInterface
public interface SubscribeInterceptor {
    /**
     * Judges one filter.
     *
     * @throws Exception when no decision could be made; the filter is refused
     */
    Verdict<Subscription> onSubscribe(Client subscriber, Subscription subscription) throws Exception;
}
