package io.gatehouse.kernel.model;

import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import org.jspecify.annotations.Nullable;

/** Something that a client does, or that time does. What makes no sense at its moment does nothing, so that any action can be left out. */
sealed interface Action {
    /**
     * Connects, whether it is connected already or not.
     *
     * @param expirySeconds of the session; older clients know 0 and for ever only
     */
    record Connect(
            int client,
            boolean cleanStart,
            long expirySeconds,
            int receiveMaximum,
            @Nullable LastWill will) implements Action {}

    /** What a client leaves when its connection is lost. */
    record LastWill(String topic, Qos qos, boolean retain, long delaySeconds) {}

    /**
     * Says goodbye.
     *
     * @param expirySeconds null to leave the session's expiry as it is
     */
    record Disconnect(
            int client, boolean withWill, @Nullable Long expirySeconds) implements Action {}

    /** The connection is lost. */
    record Drop(int client) implements Action {}

    record Subscribe(int client, Subscription subscription) implements Action {}

    record Unsubscribe(int client, String filter) implements Action {}

    /**
     * Publishes.
     *
     * @param expirySeconds 0 for none
     */
    record Publish(int client, String topic, Qos qos, boolean retain, boolean empty, long expirySeconds)
            implements Action {}

    /** Sends the oldest QoS 2 message that is not released again. */
    record Repeat(int client) implements Action {}

    /** Releases the oldest QoS 2 message. */
    record Release(int client) implements Action {}

    /** Answers the oldest packets that want an answer. */
    record Answer(int client, int count) implements Action {}

    /** Answers the oldest packet with a failure, if it may. */
    record Refuse(int client) implements Action {}

    /** Stops or begins to read. */
    record Stall(int client, boolean stalled) implements Action {}

    record Pass(int seconds) implements Action {}
}
