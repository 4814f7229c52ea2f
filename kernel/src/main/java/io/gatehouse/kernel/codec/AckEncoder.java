package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.buffer.ByteBuf;

/** Writes PUBACK, PUBREC, PUBREL and PUBCOMP (MQTT 5.0 sections 3.4 to 3.7), as short as the reason and properties allow. */
final class AckEncoder {
    private static final int PACKET_ID_BYTES = 2;
    private static final int REASON_BYTES = 1;

    private AckEncoder() {}

    static boolean encode(PubAck packet, MqttVersion version, int maximumPacketSize, ByteBuf out) {
        ReasonCode reason = LegalReasons.sendable(LegalReasons.PUBACK, packet.reason(), ReasonCode.UNSPECIFIED_ERROR);
        Diagnostics diagnostics = new Diagnostics(packet.reasonString(), packet.userProperties());
        return write(PacketType.PUBACK, packet.packetId(), reason, diagnostics, version, maximumPacketSize, out);
    }

    static boolean encode(PubRec packet, MqttVersion version, int maximumPacketSize, ByteBuf out) {
        ReasonCode reason = LegalReasons.sendable(LegalReasons.PUBREC, packet.reason(), ReasonCode.UNSPECIFIED_ERROR);
        Diagnostics diagnostics = new Diagnostics(packet.reasonString(), packet.userProperties());
        return write(PacketType.PUBREC, packet.packetId(), reason, diagnostics, version, maximumPacketSize, out);
    }

    static boolean encode(PubRel packet, MqttVersion version, int maximumPacketSize, ByteBuf out) {
        ReasonCode reason =
                LegalReasons.sendable(LegalReasons.PUBREL, packet.reason(), ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
        Diagnostics diagnostics = new Diagnostics(packet.reasonString(), packet.userProperties());
        return write(PacketType.PUBREL, packet.packetId(), reason, diagnostics, version, maximumPacketSize, out);
    }

    static boolean encode(PubComp packet, MqttVersion version, int maximumPacketSize, ByteBuf out) {
        ReasonCode reason =
                LegalReasons.sendable(LegalReasons.PUBCOMP, packet.reason(), ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
        Diagnostics diagnostics = new Diagnostics(packet.reasonString(), packet.userProperties());
        return write(PacketType.PUBCOMP, packet.packetId(), reason, diagnostics, version, maximumPacketSize, out);
    }

    private static boolean write(
            PacketType type,
            int packetId,
            ReasonCode reason,
            Diagnostics diagnostics,
            MqttVersion version,
            int maximumPacketSize,
            ByteBuf out) {
        FixedHeader.requirePacketId(packetId);
        boolean isV5 = version == MqttVersion.V5;
        PropertySection section = isV5 && !diagnostics.isEmpty()
                ? diagnostics.fitted(PropertySection.NOTHING, PACKET_ID_BYTES + REASON_BYTES, maximumPacketSize)
                : PropertySection.EMPTY;
        boolean withReason = isV5 && (reason != ReasonCode.SUCCESS || !section.isEmpty());
        long length = PACKET_ID_BYTES + (withReason ? REASON_BYTES : 0) + section.lengthUnlessEmpty();
        if (!FixedHeader.write(out, type.firstByte(), length, maximumPacketSize)) {
            return false;
        }
        out.writeShort(packetId);
        if (withReason) {
            out.writeByte(reason.code());
        }
        section.writeUnlessEmpty(out);
        return true;
    }
}
