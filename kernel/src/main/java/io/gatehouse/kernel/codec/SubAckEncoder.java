package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.UnsubAck;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Set;

/** Writes SUBACK and UNSUBACK (MQTT 5.0 and 3.1.1 sections 3.9 and 3.11); to older versions every failure of a SUBACK is 0x80. */
final class SubAckEncoder {
    private static final int PACKET_ID_BYTES = 2;

    private SubAckEncoder() {}

    static boolean encode(SubAck packet, MqttVersion version, int maximumPacketSize, ByteBuf out) {
        boolean isV5 = version == MqttVersion.V5;
        Set<ReasonCode> legal = isV5 ? LegalReasons.SUBACK : LegalReasons.SUBACK_V3;
        byte[] codes = codes(legal, packet.reasons());
        if (!isV5) {
            return writeV3(PacketType.SUBACK, packet.packetId(), codes, maximumPacketSize, out);
        }
        Diagnostics diagnostics = new Diagnostics(packet.reasonString(), packet.userProperties());
        return writeV5(PacketType.SUBACK, packet.packetId(), codes, diagnostics, maximumPacketSize, out);
    }

    static boolean encode(UnsubAck packet, MqttVersion version, int maximumPacketSize, ByteBuf out) {
        if (version != MqttVersion.V5) {
            return writeV3(PacketType.UNSUBACK, packet.packetId(), new byte[0], maximumPacketSize, out);
        }
        byte[] codes = codes(LegalReasons.UNSUBACK, packet.reasons());
        Diagnostics diagnostics = new Diagnostics(packet.reasonString(), packet.userProperties());
        return writeV5(PacketType.UNSUBACK, packet.packetId(), codes, diagnostics, maximumPacketSize, out);
    }

    private static byte[] codes(Set<ReasonCode> legal, List<ReasonCode> reasons) {
        byte[] codes = new byte[reasons.size()];
        for (int i = 0; i < codes.length; i++) {
            ReasonCode sent = LegalReasons.sendable(legal, reasons.get(i), ReasonCode.UNSPECIFIED_ERROR);
            codes[i] = (byte) sent.code();
        }
        return codes;
    }

    private static boolean writeV3(PacketType type, int packetId, byte[] codes, int maximumPacketSize, ByteBuf out) {
        FixedHeader.requirePacketId(packetId);
        int length = PACKET_ID_BYTES + codes.length;
        if (!FixedHeader.write(out, type.firstByte(), length, maximumPacketSize)) {
            return false;
        }
        out.writeShort(packetId).writeBytes(codes);
        return true;
    }

    private static boolean writeV5(
            PacketType type, int packetId, byte[] codes, Diagnostics diagnostics, int maximumPacketSize, ByteBuf out) {
        FixedHeader.requirePacketId(packetId);
        int rest = PACKET_ID_BYTES + codes.length;
        PropertySection section = diagnostics.fitted(PropertySection.NOTHING, rest, maximumPacketSize);
        if (!FixedHeader.write(out, type.firstByte(), rest + section.encodedLength(), maximumPacketSize)) {
            return false;
        }
        out.writeShort(packetId);
        section.write(out);
        out.writeBytes(codes);
        return true;
    }
}
