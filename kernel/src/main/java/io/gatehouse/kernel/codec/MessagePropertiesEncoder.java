package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.MessageProperties;

/** The properties of an application message, which a PUBLISH and a will share (MQTT 5.0 sections 3.1.3.2 and 3.3.2.3). */
final class MessagePropertiesEncoder {
    private MessagePropertiesEncoder() {}

    /** Gives all of them to the sink, with this expiry instead of the message's own. */
    static void encode(PropertySink sink, MessageProperties properties, long expirySeconds) {
        sink.flagUnless(false, Property.PAYLOAD_FORMAT_INDICATOR, properties.utf8Payload());
        sink.numberUnless(MessageProperties.NO_EXPIRY, Property.MESSAGE_EXPIRY_INTERVAL, expirySeconds);
        sink.text(Property.CONTENT_TYPE, properties.contentType());
        sink.text(Property.RESPONSE_TOPIC, properties.responseTopic());
        sink.binary(Property.CORRELATION_DATA, properties.correlationData());
        sink.userProperties(properties.userProperties());
    }
}
