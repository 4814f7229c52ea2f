package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of CONNECT (MQTT 5.0 section 3.1.2.11), with the specification's defaults where the client sent none.
 *
 * @param sessionExpirySeconds 0 to {@link #NEVER_EXPIRES}
 * @param receiveMaximum how many QoS 1 and 2 messages the client takes unacknowledged, 1 to 65,535
 * @param maximumPacketSize the largest packet that the client takes, in bytes; {@link Integer#MAX_VALUE} when unlimited
 * @param topicAliasMaximum the highest topic alias that the client takes, 0 for none
 * @param authenticationMethod null when the client does not ask for enhanced authentication
 * @param authenticationData null when absent
 */
public record ConnectProperties(
        long sessionExpirySeconds,
        int receiveMaximum,
        int maximumPacketSize,
        int topicAliasMaximum,
        boolean requestResponseInformation,
        boolean requestProblemInformation,
        List<UserProperty> userProperties,
        @Nullable String authenticationMethod,
        @Nullable Payload authenticationData) {

    /** The session expiry interval that means for ever. */
    public static final long NEVER_EXPIRES = 0xFFFF_FFFFL;

    /** What a CONNECT without properties means. */
    public static final ConnectProperties DEFAULTS =
            new ConnectProperties(0, 65_535, Integer.MAX_VALUE, 0, false, true, List.of(), null, null);

    public ConnectProperties {
        userProperties = List.copyOf(userProperties);
    }
}
