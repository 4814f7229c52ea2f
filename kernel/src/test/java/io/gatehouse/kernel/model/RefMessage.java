package io.gatehouse.kernel.model;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;

/**
 * A message as the model knows it.
 *
 * @param number tells it from all others, on the wire too
 * @param expiresAt milliseconds, {@link #NEVER} for never
 */
record RefMessage(int number, String publisher, String topic, Qos qos, boolean retain, boolean empty, long expiresAt) {
    static final long NEVER = Long.MAX_VALUE;

    boolean isExpired(long now) {
        return expiresAt <= now;
    }

    /** What goes over the wire, with an expiry interval counted from now. */
    Message message(long now) {
        long expiry = expiresAt == NEVER ? MessageProperties.NO_EXPIRY : Math.max(0, expiresAt - now) / 1000;
        MessageProperties properties = MessageProperties.NONE
                .withUserProperties(List.of(new UserProperty("number", Integer.toString(number))))
                .withExpirySeconds(expiry);
        return new Message(topic, empty ? Payload.EMPTY : Payload.ofUtf8("m" + number), qos, retain, properties);
    }

    /** True when a message on the wire is this one and has as much time left as it should have. */
    boolean looksLike(Message seen, long now) {
        long expiry = seen.properties().expirySeconds();
        boolean sameExpiry = expiresAt == NEVER
                ? expiry == MessageProperties.NO_EXPIRY
                : Math.abs(expiry * 1000 - Math.max(0, expiresAt - now)) < 1000;
        return seen.properties().userProperties().getFirst().value().equals(Integer.toString(number))
                && seen.topic().equals(topic)
                && seen.payload().isEmpty() == empty
                && sameExpiry;
    }
}
