package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Auth;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.buffer.ByteBuf;

/** Writes AUTH (MQTT 5.0 section 3.15); older versions have no such packet. */
final class AuthEncoder {
    private static final int REASON_BYTES = 1;

    private AuthEncoder() {}

    static boolean encode(Auth packet, MqttVersion version, int maximumPacketSize, ByteBuf out) {
        if (version != MqttVersion.V5) {
            throw new IllegalArgumentException("there is no AUTH before MQTT 5.0");
        }
        requireLegal(packet.reason());
        Diagnostics diagnostics = new Diagnostics(packet.reasonString(), packet.userProperties());
        PropertySection section = diagnostics.fitted(sink -> offer(sink, packet), REASON_BYTES, maximumPacketSize);
        boolean empty = packet.reason() == ReasonCode.SUCCESS && section.isEmpty();
        long length = empty ? 0 : REASON_BYTES + section.encodedLength();
        if (!FixedHeader.write(out, PacketType.AUTH.firstByte(), length, maximumPacketSize)) {
            return false;
        }
        if (!empty) {
            out.writeByte(packet.reason().code());
            section.write(out);
        }
        return true;
    }

    /** A failure is told by CONNACK or DISCONNECT, never by AUTH. */
    private static void requireLegal(ReasonCode reason) {
        if (!LegalReasons.AUTH_FROM_CLIENT.contains(reason) && !LegalReasons.AUTH_FROM_SERVER.contains(reason)) {
            throw new IllegalArgumentException("AUTH cannot carry the reason " + reason);
        }
    }

    private static void offer(PropertySink sink, Auth packet) {
        sink.text(Property.AUTHENTICATION_METHOD, packet.method());
        sink.binary(Property.AUTHENTICATION_DATA, packet.data());
    }
}
