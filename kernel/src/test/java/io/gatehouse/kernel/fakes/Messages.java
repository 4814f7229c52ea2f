package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;

/** Messages with text in them. */
public final class Messages {
    private Messages() {}

    public static Message message(String topic, String text, Qos qos) {
        return Message.of(topic, Payload.ofUtf8(text)).withQos(qos);
    }

    public static Message retained(String topic, String text, Qos qos) {
        return message(topic, text, qos).withRetain(true);
    }

    public static Publication publication(String text) {
        return new Publication(message("t", text, Qos.EXACTLY_ONCE), "publisher", 0);
    }

    /** Expires so many seconds after the beginning of time. */
    public static Publication expiring(String text, long seconds) {
        return new Publication(
                message("t", text, Qos.EXACTLY_ONCE).withProperties(MessageProperties.NONE.withExpirySeconds(seconds)),
                "publisher",
                0);
    }
}
