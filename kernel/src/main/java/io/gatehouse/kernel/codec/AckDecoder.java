package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads PUBACK, PUBREC, PUBREL and PUBCOMP (MQTT 5.0 sections 3.4 to 3.7), which differ in their reason codes only. In MQTT
 * 5.0 a missing reason means success and a missing property section means none.
 */
final class AckDecoder {
    private AckDecoder() {}

    static PubAck pubAck(PacketReader in) throws MalformedPacket {
        return read(in, LegalReasons.PUBACK, PubAck::new);
    }

    static PubRec pubRec(PacketReader in) throws MalformedPacket {
        return read(in, LegalReasons.PUBREC, PubRec::new);
    }

    static PubRel pubRel(PacketReader in) throws MalformedPacket {
        return read(in, LegalReasons.PUBREL, PubRel::new);
    }

    static PubComp pubComp(PacketReader in) throws MalformedPacket {
        return read(in, LegalReasons.PUBCOMP, PubComp::new);
    }

    private static <P extends Packet> P read(PacketReader in, Set<ReasonCode> legal, Shape<P> shape)
            throws MalformedPacket {
        int packetId = in.packetId();
        if (!in.isV5() || in.remaining() == 0) {
            return shape.of(packetId, ReasonCode.SUCCESS, null, List.of());
        }
        ReasonCode reason = LegalReasons.require(in, legal, in.reasonCode());
        if (in.remaining() == 0) {
            return shape.of(packetId, reason, null, List.of());
        }
        PropertyReader properties = in.properties(PropertyScope.ACK);
        return shape.of(packetId, reason, properties.text(Property.REASON_STRING), properties.userProperties());
    }

    /** The constructor that the four have in common. */
    private interface Shape<P> {
        P of(int packetId, ReasonCode reason, @Nullable String reasonString, List<UserProperty> userProperties);
    }
}
