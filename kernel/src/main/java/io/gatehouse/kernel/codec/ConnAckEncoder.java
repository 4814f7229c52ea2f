package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.ConnAckProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.buffer.ByteBuf;

/** Writes CONNACK (MQTT 5.0 and 3.1.1 section 3.2); a refusal never says that a session is present. */
final class ConnAckEncoder {
    private static final int FLAGS_AND_REASON_BYTES = 2;

    private ConnAckEncoder() {}

    static boolean encode(ConnAck packet, MqttVersion version, int maximumPacketSize, ByteBuf out) {
        int flags = flags(packet, version);
        if (version != MqttVersion.V5) {
            return write(out, FLAGS_AND_REASON_BYTES, maximumPacketSize, flags, ReturnCodes.encode(packet.reason()));
        }
        ReasonCode reason = LegalReasons.sendable(LegalReasons.CONNACK, packet.reason(), ReasonCode.UNSPECIFIED_ERROR);
        ConnAckProperties properties = packet.properties();
        Diagnostics diagnostics = new Diagnostics(properties.reasonString(), properties.userProperties());
        PropertySection section =
                diagnostics.fitted(sink -> offer(sink, properties), FLAGS_AND_REASON_BYTES, maximumPacketSize);
        long length = FLAGS_AND_REASON_BYTES + section.encodedLength();
        if (!write(out, length, maximumPacketSize, flags, reason.code())) {
            return false;
        }
        section.write(out);
        return true;
    }

    private static boolean write(ByteBuf out, long length, int maximumPacketSize, int flags, int code) {
        if (!FixedHeader.write(out, PacketType.CONNACK.firstByte(), length, maximumPacketSize)) {
            return false;
        }
        out.writeByte(flags).writeByte(code);
        return true;
    }

    /** MQTT 3.1 has no flag for the session. */
    private static int flags(ConnAck packet, MqttVersion version) {
        boolean sessionPresent = packet.sessionPresent() && packet.reason() == ReasonCode.SUCCESS;
        return sessionPresent && version != MqttVersion.V3_1 ? 1 : 0;
    }

    private static void offer(PropertySink sink, ConnAckProperties properties) {
        Long sessionExpirySeconds = properties.sessionExpirySeconds();
        if (sessionExpirySeconds != null) {
            sink.number(Property.SESSION_EXPIRY_INTERVAL, sessionExpirySeconds);
        }
        sink.numberUnless(65_535, Property.RECEIVE_MAXIMUM, properties.receiveMaximum());
        sink.numberUnless(
                Qos.EXACTLY_ONCE.level(),
                Property.MAXIMUM_QOS,
                properties.maximumQos().level());
        sink.flagUnless(true, Property.RETAIN_AVAILABLE, properties.retainAvailable());
        sink.numberUnless(Integer.MAX_VALUE, Property.MAXIMUM_PACKET_SIZE, properties.maximumPacketSize());
        sink.text(Property.ASSIGNED_CLIENT_IDENTIFIER, properties.assignedClientId());
        sink.numberUnless(0, Property.TOPIC_ALIAS_MAXIMUM, properties.topicAliasMaximum());
        sink.flagUnless(true, Property.WILDCARD_SUBSCRIPTION_AVAILABLE, properties.wildcardSubscriptionAvailable());
        sink.flagUnless(
                true, Property.SUBSCRIPTION_IDENTIFIER_AVAILABLE, properties.subscriptionIdentifiersAvailable());
        sink.flagUnless(true, Property.SHARED_SUBSCRIPTION_AVAILABLE, properties.sharedSubscriptionAvailable());
        offerTexts(sink, properties);
    }

    private static void offerTexts(PropertySink sink, ConnAckProperties properties) {
        Integer serverKeepAliveSeconds = properties.serverKeepAliveSeconds();
        if (serverKeepAliveSeconds != null) {
            sink.number(Property.SERVER_KEEP_ALIVE, serverKeepAliveSeconds);
        }
        sink.text(Property.RESPONSE_INFORMATION, properties.responseInformation());
        sink.text(Property.SERVER_REFERENCE, properties.serverReference());
        sink.text(Property.AUTHENTICATION_METHOD, properties.authenticationMethod());
        sink.binary(Property.AUTHENTICATION_DATA, properties.authenticationData());
    }
}
