package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Writes PUBLISH (MQTT 5.0 and 3.1.1 section 3.3) straight from a message, without a packet in between: the hot path. */
public final class PublishEncoder {
    static final int DUP = 0b1000;
    private static final int QOS_SHIFT = 1;
    private static final int RETAIN = 0b0001;

    private PublishEncoder() {}

    /**
     * Appends one PUBLISH. To be called on the connection's event loop; does not block. Older versions than 5.0 get neither
     * properties nor alias.
     *
     * @param maximumPacketSize in bytes, the fixed header included
     * @param topic the topic name to send instead of the message's; empty when the receiver knows the alias
     * @param qos instead of the message's
     * @param retain instead of the message's
     * @param packetId 1 to 65,535 with QoS 1 and 2, not used with QoS 0
     * @param expirySeconds what is left of the message's expiry interval, or {@link MessageProperties#NO_EXPIRY}
     * @param subscriptionIds of the subscriptions that matched
     * @param topicAlias 0 for none
     * @return false, and nothing is written, when the packet would be larger than the maximum
     * @throws IllegalArgumentException when the values cannot make a PUBLISH; nothing is written
     */
    public static boolean encode(
            ByteBuf out,
            MqttVersion version,
            int maximumPacketSize,
            Message message,
            String topic,
            Qos qos,
            boolean retain,
            boolean dup,
            int packetId,
            long expirySeconds,
            List<Integer> subscriptionIds,
            int topicAlias) {
        requireConsistent(version, topic, qos, dup, packetId, topicAlias);
        MessageProperties properties = message.properties();
        long propertyBytes = propertyBytes(version, properties, expirySeconds, subscriptionIds, topicAlias);
        long remaining = remainingLength(message, topic, qos, propertyBytes);
        int firstByte = firstByte(qos, retain, dup);
        if (!FixedHeader.write(out, firstByte, remaining, maximumPacketSize)) {
            return false;
        }
        Utf8.write(out, topic);
        if (qos != Qos.AT_MOST_ONCE) {
            out.writeShort(packetId);
        }
        if (propertyBytes >= 0) {
            VariableByteInteger.write(out, (int) propertyBytes);
        }
        if (propertyBytes > 0) {
            offer(new PropertyWriter(out), properties, expirySeconds, subscriptionIds, topicAlias);
        }
        if (!message.payload().isEmpty()) {
            out.writeBytes(message.payload().asByteBuffer());
        }
        return true;
    }

    /** The size of the packet that {@link #encode} would write, however large. */
    static long size(MqttVersion version, Message message, Qos qos, long expirySeconds, List<Integer> subscriptionIds) {
        long propertyBytes = propertyBytes(version, message.properties(), expirySeconds, subscriptionIds, 0);
        return FixedHeader.packetSize(remainingLength(message, message.topic(), qos, propertyBytes));
    }

    private static void requireConsistent(
            MqttVersion version, String topic, Qos qos, boolean dup, int packetId, int topicAlias) {
        if (qos != Qos.AT_MOST_ONCE) {
            FixedHeader.requirePacketId(packetId);
        } else if (dup) {
            throw new IllegalArgumentException("DUP must not be set with QoS 0");
        }
        if (topic.isEmpty() && (version != MqttVersion.V5 || topicAlias == 0)) {
            throw new IllegalArgumentException("a PUBLISH needs a topic name, or from MQTT 5.0 on a topic alias");
        }
    }

    /** The bytes of the properties; negative when the version has no property section. */
    private static long propertyBytes(
            MqttVersion version,
            MessageProperties properties,
            long expirySeconds,
            List<Integer> subscriptionIds,
            int topicAlias) {
        if (version != MqttVersion.V5) {
            return -1;
        }
        PropertyMeasure measure = new PropertyMeasure();
        offer(measure, properties, expirySeconds, subscriptionIds, topicAlias);
        return measure.bytes();
    }

    private static void offer(
            PropertySink sink,
            MessageProperties properties,
            long expirySeconds,
            List<Integer> subscriptionIds,
            int topicAlias) {
        sink.numberUnless(0, Property.TOPIC_ALIAS, topicAlias);
        MessagePropertiesEncoder.encode(sink, properties, expirySeconds);
        // By index: this runs once for each delivery, and an iterator would be one more object.
        for (int i = 0; i < subscriptionIds.size(); i++) {
            sink.number(Property.SUBSCRIPTION_IDENTIFIER, subscriptionIds.get(i));
        }
    }

    private static long remainingLength(Message message, String topic, Qos qos, long propertyBytes) {
        return Utf8.encodedLength(topic)
                + (qos == Qos.AT_MOST_ONCE ? 0 : 2)
                + (propertyBytes < 0 ? 0 : PropertySection.encodedLength(propertyBytes))
                + message.payload().length();
    }

    private static int firstByte(Qos qos, boolean retain, boolean dup) {
        return PacketType.PUBLISH.firstByte() | (dup ? DUP : 0) | (qos.level() << QOS_SHIFT) | (retain ? RETAIN : 0);
    }
}
