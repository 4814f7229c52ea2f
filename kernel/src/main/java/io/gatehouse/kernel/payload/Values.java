package io.gatehouse.kernel.payload;

import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.TopicFilters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges values that an interceptor made. The SDK's records take whatever they are given, so what comes back is looked at as if it had
 * come from the network. Each method gives the problem, or null, or throws NullPointerException.
 */
final class Values {
    private static final int LONGEST_STRING = 65_535;

    /** The session expiry that means for ever. */
    private static final long NEVER = 0xFFFF_FFFFL;

    private Values() {}

    static @Nullable String problemOfMessage(Message message) {
        Objects.requireNonNull(message.payload(), "payload");
        Objects.requireNonNull(message.qos(), "qos");
        Objects.requireNonNull(message.properties(), "properties");
        String responseTopic = message.properties().responseTopic();
        if (responseTopic != null && !TopicFilters.isValidTopicName(responseTopic)) {
            return "a message whose response topic is not a valid topic name";
        }
        return TopicFilters.isValidTopicName(message.topic())
                ? null
                : "a message whose topic is not a valid topic name (empty, too long, or with +, # or U+0000)";
    }

    static @Nullable String problemOfDelivery(Message before, Message after) {
        if (!before.topic().equals(after.topic()) || before.qos() != after.qos()) {
            return "a message with another topic or QoS, which a delivery interceptor must not change";
        }
        return problemOfMessage(after);
    }

    static @Nullable String problemOfSubscription(Subscription subscription) {
        Objects.requireNonNull(subscription.maximumQos(), "maximumQos");
        Objects.requireNonNull(subscription.retainHandling(), "retainHandling");
        return TopicFilters.isValidFilter(subscription.filter()) ? null : "a topic filter that is not valid";
    }

    static @Nullable String problemOfConnect(ConnectRequest request) {
        String clientId = request.client().clientId();
        if (clientId.isEmpty() || clientId.length() > LONGEST_STRING || clientId.indexOf('\0') >= 0) {
            return "a client identifier that is empty, too long or contains U+0000";
        }
        if (request.sessionExpirySeconds() < 0 || request.sessionExpirySeconds() > NEVER) {
            return "a session expiry that does not fit into 32 bits";
        }
        Message will = request.will();
        return will == null ? null : problemOfMessage(will);
    }
}
