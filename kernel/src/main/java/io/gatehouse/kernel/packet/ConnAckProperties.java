package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of CONNACK (MQTT 5.0 section 3.2.2.3). A null property is not sent, and so is a value that the specification takes
 * for granted.
 *
 * @param sessionExpirySeconds null when the client's own value holds
 * @param receiveMaximum 1 to 65,535 (default)
 * @param maximumQos the highest QoS that the server takes
 * @param maximumPacketSize in bytes, {@link Integer#MAX_VALUE} when unlimited (default)
 * @param topicAliasMaximum 0 for none (default)
 * @param serverKeepAliveSeconds null when the client's own value holds
 */
public record ConnAckProperties(
        @Nullable Long sessionExpirySeconds,
        int receiveMaximum,
        Qos maximumQos,
        boolean retainAvailable,
        int maximumPacketSize,
        @Nullable String assignedClientId,
        int topicAliasMaximum,
        @Nullable String reasonString,
        List<UserProperty> userProperties,
        boolean wildcardSubscriptionAvailable,
        boolean subscriptionIdentifiersAvailable,
        boolean sharedSubscriptionAvailable,
        @Nullable Integer serverKeepAliveSeconds,
        @Nullable String responseInformation,
        @Nullable String serverReference,
        @Nullable String authenticationMethod,
        @Nullable Payload authenticationData) {

    /** Nothing to say. */
    public static final ConnAckProperties NONE = new ConnAckProperties(
            null,
            65_535,
            Qos.EXACTLY_ONCE,
            true,
            Integer.MAX_VALUE,
            null,
            0,
            null,
            List.of(),
            true,
            true,
            true,
            null,
            null,
            null,
            null,
            null);

    public ConnAckProperties {
        userProperties = List.copyOf(userProperties);
    }
}
