package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.topic.Mountpoint;
import io.gatehouse.kernel.topic.NameTemplate;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import org.jspecify.annotations.Nullable;

/** Brings messages into the part of the tree that a client sees, and out of it: their topics, and where they want a response. */
@AnyThread
final class Mounting {
    private Mounting() {}

    /**
     * The mountpoint of a client; null when the client has no usable name where the listener's mountpoint needs one. A slash is put at
     * its end when there is none, so that a wildcard behind it fills a level.
     *
     * @param template of the listener; empty for none
     */
    static @Nullable Mountpoint of(String template, Client client) {
        if (template.isEmpty()) {
            return Mountpoint.NONE;
        }
        String prefix = NameTemplate.of(template).fill(client.clientId(), client.username());
        if (prefix == null) {
            return null;
        }
        return new Mountpoint(prefix.endsWith("/") ? prefix : prefix + "/");
    }

    /** What a client sends, as the whole tree knows it. */
    static Message mounted(Mountpoint mountpoint, Message message) {
        if (mountpoint.isNone()) {
            return message;
        }
        String response = message.properties().responseTopic();
        return renamed(
                message,
                mountpoint.mounted(message.topic()),
                response == null || !mountpoint.takes(response) ? null : mountpoint.mounted(response));
    }

    /** A message as a client sees it; null when it is none of its business. A response topic that it cannot reach is left out. */
    static @Nullable Message unmounted(Mountpoint mountpoint, Message message) {
        String topic = mountpoint.unmounted(message.topic());
        if (mountpoint.isNone() || topic == null) {
            return topic == null ? null : message;
        }
        String response = message.properties().responseTopic();
        return renamed(message, topic, response == null ? null : mountpoint.unmounted(response));
    }

    private static Message renamed(Message message, String topic, @Nullable String responseTopic) {
        MessageProperties old = message.properties();
        Message renamed = message.withTopic(topic);
        return old.responseTopic() == null
                ? renamed
                : renamed.withProperties(new MessageProperties(
                        old.utf8Payload(),
                        old.expirySeconds(),
                        old.contentType(),
                        responseTopic,
                        old.correlationData(),
                        old.userProperties()));
    }
}
