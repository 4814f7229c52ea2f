package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Auth;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.List;
import java.util.Set;

/** Reads AUTH (MQTT 5.0 section 3.15). An empty one means success, which only a server may say. */
final class AuthDecoder {
    private AuthDecoder() {}

    static Auth decode(PacketReader in) throws MalformedPacket {
        Set<ReasonCode> legal = switch (in.side()) {
            case SERVER -> LegalReasons.AUTH_FROM_CLIENT;
            case CLIENT -> LegalReasons.AUTH_FROM_SERVER;
        };
        boolean empty = in.remaining() == 0;
        ReasonCode reason = LegalReasons.require(in, legal, empty ? ReasonCode.SUCCESS : in.reasonCode());
        if (empty) {
            return new Auth(reason, null, null, null, List.of());
        }
        PropertyReader properties = in.properties(PropertyScope.AUTH);
        String method = properties.text(Property.AUTHENTICATION_METHOD);
        if (method == null) {
            throw in.protocolError("the authentication method is missing");
        }
        return new Auth(
                reason,
                method,
                properties.binary(Property.AUTHENTICATION_DATA),
                properties.text(Property.REASON_STRING),
                properties.userProperties());
    }
}
