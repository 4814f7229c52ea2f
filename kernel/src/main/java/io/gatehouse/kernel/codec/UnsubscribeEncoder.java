package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.netty.buffer.ByteBuf;

/** Writes UNSUBSCRIBE (MQTT 5.0 and 3.1.1 section 3.10) for the clients of the house. */
final class UnsubscribeEncoder {
    private UnsubscribeEncoder() {}

    static boolean encode(Unsubscribe packet, MqttVersion version, int maximumPacketSize, ByteBuf out) {
        FixedHeader.requirePacketId(packet.packetId());
        boolean isV5 = version == MqttVersion.V5;
        PropertySection section = new PropertySection(sink -> sink.userProperties(packet.userProperties()));
        long length = 2 + (isV5 ? section.encodedLength() : 0);
        for (String filter : packet.filters()) {
            length += Utf8.encodedLength(filter);
        }
        if (!FixedHeader.write(out, PacketType.UNSUBSCRIBE.firstByte(), length, maximumPacketSize)) {
            return false;
        }
        out.writeShort(packet.packetId());
        if (isV5) {
            section.write(out);
        }
        for (String filter : packet.filters()) {
            Utf8.write(out, filter);
        }
        return true;
    }
}
