package io.gatehouse.sdk.event;

import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears what clients did, after the fact. All registered listeners are called, in the order of the events, on a thread of their own
 * (one for each listener): a slow listener delays nobody else, but it may lose events, which is counted. An exception is counted and
 * otherwise ignored.
 */
@ConsumerType
public interface ClientListener {
    /** The client was accepted and has its session; its CONNACK is on the way. */
    default void connected(Client client, boolean sessionPresent) {}

    /** Nobody accepted the client. The client is what it claimed to be. */
    default void refused(Client client, ReasonCode reason) {}

    /** The connection ended. */
    default void disconnected(Client client, ReasonCode reason) {}

    /** The client has this subscription now; its filter is the one that the client sent, whatever an interceptor made of it. */
    default void subscribed(Client client, Subscription subscription) {}

    /** The client no longer has a subscription with this filter, which is the one that it sent. The end of its session ends all. */
    default void unsubscribed(Client client, String filter) {}
}
