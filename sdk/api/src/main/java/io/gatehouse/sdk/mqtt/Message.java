package io.gatehouse.sdk.mqtt;

/**
 * An application message (MQTT 5.0 section 1.2): what one client publishes and others receive.
 *
 * @param topic a topic name, never a filter
 * @param payload the bytes, never interpreted by the broker
 * @param qos as published; each subscriber receives at most its own maximum
 * @param retain true when the broker shall keep (or did keep) it as the topic's retained message
 * @param properties the MQTT 5 properties
 */
public record Message(String topic, Payload payload, Qos qos, boolean retain, MessageProperties properties) {

    /** A message with QoS 0, not retained, without properties. */
    public static Message of(String topic, Payload payload) {
        return new Message(topic, payload, Qos.AT_MOST_ONCE, false, MessageProperties.NONE);
    }

    /** The same message under another topic; the broker authorizes it again. */
    public Message withTopic(String replacement) {
        return new Message(replacement, payload, qos, retain, properties);
    }

    /** The same message with another payload. */
    public Message withPayload(Payload replacement) {
        return new Message(topic, replacement, qos, retain, properties);
    }

    /** The same message with another quality of service; the broker authorizes it again. */
    public Message withQos(Qos replacement) {
        return new Message(topic, payload, replacement, retain, properties);
    }

    /** The same message with another retain flag; the broker authorizes it again. */
    public Message withRetain(boolean replacement) {
        return new Message(topic, payload, qos, replacement, properties);
    }

    /** The same message with other properties. */
    public Message withProperties(MessageProperties replacement) {
        return new Message(topic, payload, qos, retain, replacement);
    }
}
