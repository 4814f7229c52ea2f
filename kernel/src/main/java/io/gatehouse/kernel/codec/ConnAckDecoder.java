package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.ConnAckProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import org.jspecify.annotations.Nullable;

/** Reads CONNACK (MQTT 5.0 and 3.1.1 section 3.2). */
final class ConnAckDecoder {
    private static final int SESSION_PRESENT = 1;

    private ConnAckDecoder() {}

    static ConnAck decode(PacketReader in) throws MalformedPacket {
        boolean sessionPresent = sessionPresent(in);
        ReasonCode reason = in.isV5()
                ? LegalReasons.require(in, LegalReasons.CONNACK, in.reasonCode())
                : ReturnCodes.decode(in, in.oneByte("return code"));
        if (sessionPresent && reason != ReasonCode.SUCCESS) {
            throw in.protocolError("session present must be 0 when the connection is refused");
        }
        return new ConnAck(sessionPresent, reason, in.isV5() ? properties(in) : ConnAckProperties.NONE);
    }

    private static boolean sessionPresent(PacketReader in) throws MalformedPacket {
        int flags = in.oneByte("connect acknowledge flags");
        int allowed = in.version() == MqttVersion.V3_1 ? 0 : SESSION_PRESENT;
        if ((flags & ~allowed) != 0) {
            throw in.malformed("the reserved connect acknowledge flags must be 0");
        }
        return flags == SESSION_PRESENT;
    }

    private static ConnAckProperties properties(PacketReader in) throws MalformedPacket {
        PropertyReader properties = in.properties(PropertyScope.CONNACK);
        return new ConnAckProperties(
                properties.number(Property.SESSION_EXPIRY_INTERVAL),
                properties.integer(Property.RECEIVE_MAXIMUM, 65_535),
                Qos.of(properties.integer(Property.MAXIMUM_QOS, Qos.EXACTLY_ONCE.level())),
                properties.flag(Property.RETAIN_AVAILABLE, true),
                properties.integer(Property.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE),
                properties.text(Property.ASSIGNED_CLIENT_IDENTIFIER),
                properties.integer(Property.TOPIC_ALIAS_MAXIMUM, 0),
                properties.text(Property.REASON_STRING),
                properties.userProperties(),
                properties.flag(Property.WILDCARD_SUBSCRIPTION_AVAILABLE, true),
                properties.flag(Property.SUBSCRIPTION_IDENTIFIER_AVAILABLE, true),
                properties.flag(Property.SHARED_SUBSCRIPTION_AVAILABLE, true),
                serverKeepAlive(properties),
                properties.text(Property.RESPONSE_INFORMATION),
                properties.text(Property.SERVER_REFERENCE),
                properties.text(Property.AUTHENTICATION_METHOD),
                properties.binary(Property.AUTHENTICATION_DATA));
    }

    private static @Nullable Integer serverKeepAlive(PropertyReader properties) {
        Long seconds = properties.number(Property.SERVER_KEEP_ALIVE);
        return seconds == null ? null : seconds.intValue();
    }
}
