package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.UnsubAck;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads SUBACK and UNSUBACK (MQTT 5.0 and 3.1.1 sections 3.9 and 3.11); before MQTT 5.0 UNSUBACK has no reasons. */
final class SubAckDecoder {
    private SubAckDecoder() {}

    static SubAck subAck(PacketReader in) throws MalformedPacket {
        int packetId = in.packetId();
        String reasonString = null;
        List<UserProperty> userProperties = List.of();
        if (in.isV5()) {
            PropertyReader properties = in.properties(PropertyScope.SUBACK);
            reasonString = properties.text(Property.REASON_STRING);
            userProperties = properties.userProperties();
        }
        Set<ReasonCode> legal = in.isV5() ? LegalReasons.SUBACK : LegalReasons.SUBACK_V3;
        return new SubAck(packetId, reasons(in, legal), reasonString, userProperties);
    }

    static UnsubAck unsubAck(PacketReader in) throws MalformedPacket {
        int packetId = in.packetId();
        if (!in.isV5()) {
            return new UnsubAck(packetId, List.of(), null, List.of());
        }
        PropertyReader properties = in.properties(PropertyScope.UNSUBACK);
        @Nullable String reasonString = properties.text(Property.REASON_STRING);
        List<UserProperty> userProperties = properties.userProperties();
        return new UnsubAck(packetId, reasons(in, LegalReasons.UNSUBACK), reasonString, userProperties);
    }

    private static List<ReasonCode> reasons(PacketReader in, Set<ReasonCode> legal) throws MalformedPacket {
        if (in.remaining() == 0) {
            throw in.protocolError("at least one reason code is needed");
        }
        List<ReasonCode> reasons = new ArrayList<>(in.remaining());
        while (in.remaining() > 0) {
            reasons.add(LegalReasons.require(in, legal, in.reasonCode()));
        }
        return reasons;
    }
}
