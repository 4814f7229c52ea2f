package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.buffer.ByteBuf;
import java.util.Set;

/**
 * Writes DISCONNECT (MQTT 5.0 and 3.1.1 section 3.14). Before MQTT 5.0 only clients send it and it says nothing but goodbye:
 * anything else is refused with an {@link IllegalArgumentException}, for whoever sends it believes to have told a reason.
 */
final class DisconnectEncoder {
    private static final int REASON_BYTES = 1;

    private DisconnectEncoder() {}

    static boolean encode(Disconnect packet, MqttVersion version, int maximumPacketSize, ByteBuf out) {
        if (version != MqttVersion.V5) {
            return encodeV3(packet, maximumPacketSize, out);
        }
        ReasonCode reason = sendable(packet.reason());
        Diagnostics diagnostics = new Diagnostics(packet.reasonString(), packet.userProperties());
        PropertySection section = diagnostics.fitted(sink -> offer(sink, packet), REASON_BYTES, maximumPacketSize);
        boolean withReason = reason != ReasonCode.SUCCESS || !section.isEmpty();
        long length = (withReason ? REASON_BYTES : 0) + section.lengthUnlessEmpty();
        if (!FixedHeader.write(out, PacketType.DISCONNECT.firstByte(), length, maximumPacketSize)) {
            return false;
        }
        if (withReason) {
            out.writeByte(reason.code());
        }
        section.writeUnlessEmpty(out);
        return true;
    }

    private static boolean encodeV3(Disconnect packet, int maximumPacketSize, ByteBuf out) {
        if (!packet.equals(new Disconnect(ReasonCode.SUCCESS))) {
            throw new IllegalArgumentException("DISCONNECT cannot carry a reason or properties before MQTT 5.0");
        }
        return FixedHeader.write(out, PacketType.DISCONNECT.firstByte(), 0, maximumPacketSize);
    }

    /** The packet does not tell who sends it, so it may carry what either side may say. */
    private static ReasonCode sendable(ReasonCode reason) {
        boolean fromClient = LegalReasons.DISCONNECT_FROM_CLIENT.contains(reason);
        Set<ReasonCode> legal = fromClient ? LegalReasons.DISCONNECT_FROM_CLIENT : LegalReasons.DISCONNECT_FROM_SERVER;
        return LegalReasons.sendable(legal, reason, ReasonCode.UNSPECIFIED_ERROR);
    }

    private static void offer(PropertySink sink, Disconnect packet) {
        Long sessionExpirySeconds = packet.sessionExpirySeconds();
        if (sessionExpirySeconds != null) {
            sink.number(Property.SESSION_EXPIRY_INTERVAL, sessionExpirySeconds);
        }
        sink.text(Property.SERVER_REFERENCE, packet.serverReference());
    }
}
