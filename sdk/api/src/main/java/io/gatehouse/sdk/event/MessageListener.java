package io.gatehouse.sdk.event;

import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.ReasonCode;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears of messages, after the fact. Thread, order and failure are those of {@link ClientListener}. */
@ConsumerType
public interface MessageListener {
    /** The message was accepted from its publisher; what becomes of it follows. */
    default void published(Client publisher, Message message) {}

    /** The message was sent to a subscriber (not yet acknowledged). */
    default void delivered(Client subscriber, Message message) {}

    /** A subscriber will not get the message: {@code reason} tells why, such as a full queue or its expiry. */
    default void dropped(Client subscriber, Message message, ReasonCode reason) {}
}
