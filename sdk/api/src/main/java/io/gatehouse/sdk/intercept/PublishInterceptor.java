package io.gatehouse.sdk.intercept;

import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks at a message after the publisher was authorized and before it is routed, and may rewrite it; a rewritten topic, QoS or
 * retain flag is authorized again. Its place is where the operator names the component in {@code interceptors.publish}. Will
 * messages pass it too, when they are sent.
 *
 * <p>Called on the publisher's lane: it must not block unless the component is marked
 * {@link io.gatehouse.sdk.plugin.Blocking @Blocking}. A failed call (late, exception, null) refuses the message.
 */
@ConsumerType
@FunctionalInterface
public interface PublishInterceptor {
    /**
     * Judges one message.
     *
     * @throws Exception when no decision could be made; the message is refused
     */
    Verdict<Message> onPublish(Client publisher, Message message) throws Exception;
}
