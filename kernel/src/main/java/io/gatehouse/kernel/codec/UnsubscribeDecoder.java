package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.ArrayList;
import java.util.List;

/** Reads UNSUBSCRIBE (MQTT 5.0 and 3.1.1 section 3.10). */
final class UnsubscribeDecoder {
    private UnsubscribeDecoder() {}

    static Unsubscribe decode(PacketReader in) throws MalformedPacket {
        int packetId = in.packetId();
        List<UserProperty> userProperties =
                in.isV5() ? in.properties(PropertyScope.UNSUBSCRIBE).userProperties() : List.of();
        if (in.remaining() == 0) {
            throw in.protocolError("at least one topic filter is needed");
        }
        List<String> filters = new ArrayList<>();
        while (in.remaining() > 0) {
            SubscribeDecoder.requireRoom(in, filters.size());
            filters.add(SubscribeDecoder.filter(in));
        }
        return new Unsubscribe(packetId, filters, userProperties);
    }
}
