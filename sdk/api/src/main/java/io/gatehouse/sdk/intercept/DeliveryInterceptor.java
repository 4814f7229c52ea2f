package io.gatehouse.sdk.intercept;

import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks at a message on its way to one subscriber, once for each, and may rewrite what this subscriber gets. Its place is where the
 * operator names the component in {@code interceptors.delivery}. The topic and the QoS cannot be changed here; such a change fails
 * the call.
 *
 * <p>Called on the subscriber's lane: it must not block unless the component is marked
 * {@link io.gatehouse.sdk.plugin.Blocking @Blocking}. {@link Verdict.Reject} and {@link Verdict.Drop} both keep the message from
 * this subscriber, and a failed call (late, exception, null) does too.
 */
@ConsumerType
@FunctionalInterface
public interface DeliveryInterceptor {
    /**
     * Judges one delivery.
     *
     * @throws Exception when no decision could be made; this subscriber does not get the message
     */
    Verdict<Message> onDeliver(Client subscriber, Message message) throws Exception;
}
