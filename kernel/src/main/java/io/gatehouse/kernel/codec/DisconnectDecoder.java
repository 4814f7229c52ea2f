package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.Set;

/** Reads DISCONNECT (MQTT 5.0 and 3.1.1 section 3.14). In MQTT 5.0 a missing reason means normal disconnection. */
final class DisconnectDecoder {
    private DisconnectDecoder() {}

    static Disconnect decode(PacketReader in) throws MalformedPacket {
        if (!in.isV5() || in.remaining() == 0) {
            return new Disconnect(ReasonCode.SUCCESS);
        }
        Set<ReasonCode> legal = switch (in.side()) {
            case SERVER -> LegalReasons.DISCONNECT_FROM_CLIENT;
            case CLIENT -> LegalReasons.DISCONNECT_FROM_SERVER;
        };
        ReasonCode reason = LegalReasons.require(in, legal, in.reasonCode());
        if (in.remaining() == 0) {
            return new Disconnect(reason);
        }
        PropertyReader properties = in.properties(PropertyScope.DISCONNECT);
        if (in.side() == Side.CLIENT && properties.has(Property.SESSION_EXPIRY_INTERVAL)) {
            throw in.protocolError("a server must not send a session expiry interval");
        }
        return new Disconnect(
                reason,
                properties.number(Property.SESSION_EXPIRY_INTERVAL),
                properties.text(Property.REASON_STRING),
                properties.text(Property.SERVER_REFERENCE),
                properties.userProperties());
    }
}
