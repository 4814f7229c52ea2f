package io.gatehouse.sdk.authz;

import io.gatehouse.sdk.mqtt.Qos;
import org.osgi.annotation.versioning.ProviderType;

/** What a client asks permission for. */
@ProviderType
public sealed interface Action {
    /** The topic name of a publication, or the topic filter of a subscription without its {@code $share/group/} prefix. */
    String topic();

    /** The quality of service of the publication, or the highest one asked for by the subscription. */
    Qos qos();

    /**
     * To publish a message.
     *
     * @param retain true when the message shall be kept as the topic's retained message
     */
    record Publish(String topic, Qos qos, boolean retain) implements Action {}

    /** To subscribe. */
    record Subscribe(String topic, Qos qos) implements Action {}
}
