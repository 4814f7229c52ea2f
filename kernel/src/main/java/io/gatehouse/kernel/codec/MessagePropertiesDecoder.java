package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.MessageProperties;

/** The properties of an application message, which a PUBLISH and a will share (MQTT 5.0 sections 3.1.3.2 and 3.3.2.3). */
final class MessagePropertiesDecoder {
    private MessagePropertiesDecoder() {}

    /** Judges and collects them from a section that has been read. */
    static MessageProperties decode(PacketReader in, PropertyReader properties) throws MalformedPacket {
        String responseTopic = properties.text(Property.RESPONSE_TOPIC);
        if (responseTopic != null && (responseTopic.isEmpty() || PacketReader.hasWildcard(responseTopic))) {
            throw in.protocolError("the response topic must be a topic name: not empty, without + and #");
        }
        return new MessageProperties(
                properties.flag(Property.PAYLOAD_FORMAT_INDICATOR, false),
                properties.number(Property.MESSAGE_EXPIRY_INTERVAL, MessageProperties.NO_EXPIRY),
                properties.text(Property.CONTENT_TYPE),
                responseTopic,
                properties.binary(Property.CORRELATION_DATA),
                properties.userProperties());
    }
}
