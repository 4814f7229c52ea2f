package io.gatehouse.sdk.mqtt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of an MQTT 5 application message (MQTT 5.0 section 3.3.2.3). Messages of older clients have {@link #NONE}.
 *
 * @param utf8Payload true when the publisher declared the payload to be UTF-8 text (payload format indicator 1)
 * @param expirySeconds message expiry interval in seconds, 0 to 4,294,967,295; {@link #NO_EXPIRY} when absent
 * @param contentType MIME type or the like, null when absent
 * @param responseTopic where a response is expected, null when absent
 * @param correlationData what a response repeats, null when absent
 * @param userProperties in the order the publisher sent them
 */
public record MessageProperties(
        boolean utf8Payload,
        long expirySeconds,
        @Nullable String contentType,
        @Nullable String responseTopic,
        @Nullable Payload correlationData,
        List<UserProperty> userProperties) {

    /** The value of {@link #expirySeconds()} for a message that never expires. */
    public static final long NO_EXPIRY = -1;

    /** No property set. */
    public static final MessageProperties NONE = new MessageProperties(false, NO_EXPIRY, null, null, null, List.of());

    public MessageProperties {
        userProperties = List.copyOf(userProperties);
        if (expirySeconds < NO_EXPIRY || expirySeconds > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("message expiry must fit into 32 bits: " + expirySeconds);
        }
    }

    /** The same properties with these user properties instead. */
    public MessageProperties withUserProperties(List<UserProperty> replacement) {
        return new MessageProperties(
                utf8Payload, expirySeconds, contentType, responseTopic, correlationData, replacement);
    }

    /** The same properties with another expiry interval, in seconds, or {@link #NO_EXPIRY}. */
    public MessageProperties withExpirySeconds(long replacement) {
        return new MessageProperties(
                utf8Payload, replacement, contentType, responseTopic, correlationData, userProperties);
    }
}
