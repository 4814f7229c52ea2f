package io.gatehouse.sdk.broker;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The broker as a plugin may use it. Offered by the kernel as a service; any thread may call, and no call blocks. */
@ProviderType
public interface Broker {
    /**
     * Publishes a message in the name of the plugin: it is neither authorized nor intercepted.
     *
     * @return completed with {@link ReasonCode#SUCCESS}, or {@link ReasonCode#NO_MATCHING_SUBSCRIBERS}, when the message was handed to
     *     all matching sessions
     * @throws IllegalArgumentException when the topic is not a valid topic name
     * @throws SecurityException when the plugin did not declare the topic with {@link io.gatehouse.sdk.plugin.PublishesTo}
     */
    CompletionStage<ReasonCode> publish(Message message);

    /**
     * Disconnects a client; an MQTT 5 client is told the reason.
     *
     * @param reason a failure, or {@link ReasonCode#SUCCESS}; a failure that DISCONNECT cannot carry is told as
     *     {@link ReasonCode#UNSPECIFIED_ERROR}
     * @return completed with true when the client was connected
     * @throws IllegalArgumentException when the reason is neither
     */
    CompletionStage<Boolean> disconnect(String clientId, ReasonCode reason);

    /** What the broker counts and holds. */
    BrokerView view();
}
