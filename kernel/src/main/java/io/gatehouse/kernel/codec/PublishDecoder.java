package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.List;

/** Reads PUBLISH (MQTT 5.0 and 3.1.1 section 3.3). */
final class PublishDecoder {
    private static final int DUP = 0b1000;
    private static final int RETAIN = 0b0001;

    private PublishDecoder() {}

    /** Reads one, with the topics that its connection has published to. */
    static Publish decode(PacketReader in, TopicCache topics) throws MalformedPacket {
        int flags = in.flags();
        Qos qos = qos(in, flags);
        String topic = in.topicName(topics);
        int packetId = qos == Qos.AT_MOST_ONCE ? 0 : in.packetId();
        int alias = 0;
        List<Integer> subscriptionIds = List.of();
        MessageProperties messageProperties = MessageProperties.NONE;
        if (in.isV5()) {
            PropertyReader properties = in.properties(PropertyScope.PUBLISH);
            alias = alias(in, properties);
            subscriptionIds = subscriptionIds(in, properties);
            if (properties.hasOtherThan(Property.TOPIC_ALIAS, Property.SUBSCRIPTION_IDENTIFIER)) {
                messageProperties = MessagePropertiesDecoder.decode(in, properties);
            }
        }
        requireTopic(in, topic, alias);
        Message message = new Message(topic, in.rest(), qos, (flags & RETAIN) != 0, messageProperties);
        return new Publish(message, (flags & DUP) != 0, packetId, alias, subscriptionIds);
    }

    private static Qos qos(PacketReader in, int flags) throws MalformedPacket {
        int level = (flags >> 1) & 0b11;
        if (level == 3) {
            throw in.malformed("QoS 3 does not exist");
        }
        if (level == 0 && (flags & DUP) != 0) {
            throw in.malformed("DUP must not be set with QoS 0");
        }
        return Qos.of(level);
    }

    private static int alias(PacketReader in, PropertyReader properties) throws MalformedPacket {
        int alias = properties.integer(Property.TOPIC_ALIAS, 0);
        if (alias == 0 && properties.has(Property.TOPIC_ALIAS)) {
            throw in.failure(ReasonCode.TOPIC_ALIAS_INVALID, "topic alias 0 is not permitted");
        }
        return alias;
    }

    private static List<Integer> subscriptionIds(PacketReader in, PropertyReader properties) throws MalformedPacket {
        if (!properties.has(Property.SUBSCRIPTION_IDENTIFIER)) {
            return List.of();
        }
        return switch (in.side()) {
            case SERVER -> throw in.protocolError("a client must not send subscription identifiers");
            case CLIENT -> properties.subscriptionIdentifiers();
        };
    }

    private static void requireTopic(PacketReader in, String topic, int alias) throws MalformedPacket {
        if (!topic.isEmpty() || alias != 0) {
            return;
        }
        if (in.isV5()) {
            throw in.protocolError("the topic name is empty and there is no topic alias");
        }
        throw in.failure(ReasonCode.TOPIC_NAME_INVALID, "the topic name is empty");
    }
}
