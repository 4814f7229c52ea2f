package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.Subscription.RetainHandling;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.ArrayList;
import java.util.List;

/** Reads SUBSCRIBE (MQTT 5.0 and 3.1.1 section 3.8). Whether a filter that is not empty is a valid one is not asked here. */
final class SubscribeDecoder {
    private static final int QOS = 0b0000_0011;
    static final int NO_LOCAL = 0b0000_0100;
    static final int RETAIN_AS_PUBLISHED = 0b0000_1000;
    static final int RETAIN_HANDLING_SHIFT = 4;
    private static final int RESERVED_V5 = 0b1100_0000;
    private static final int RESERVED_V3 = 0b1111_1100;
    private static final String SHARED = "$share/";

    private SubscribeDecoder() {}

    static Subscribe decode(PacketReader in) throws MalformedPacket {
        int packetId = in.packetId();
        int subscriptionId = 0;
        List<UserProperty> userProperties = List.of();
        if (in.isV5()) {
            PropertyReader properties = in.properties(PropertyScope.SUBSCRIBE);
            subscriptionId = properties.integer(Property.SUBSCRIPTION_IDENTIFIER, 0);
            userProperties = properties.userProperties();
        }
        if (in.remaining() == 0) {
            throw in.protocolError("at least one topic filter is needed");
        }
        List<Subscription> subscriptions = new ArrayList<>();
        while (in.remaining() > 0) {
            requireRoom(in, subscriptions.size());
            subscriptions.add(subscription(in));
        }
        return new Subscribe(packetId, subscriptions, subscriptionId, userProperties);
    }

    /** A topic filter, which is at least one character long ([MQTT-4.7.3-1]). */
    static String filter(PacketReader in) throws MalformedPacket {
        String filter = in.text("topic filter");
        if (filter.isEmpty()) {
            throw in.malformed("the topic filter is empty");
        }
        return filter;
    }

    static void requireRoom(PacketReader in, int filters) throws MalformedPacket {
        if (filters == Limits.TOPIC_FILTERS) {
            throw in.failure(
                    ReasonCode.QUOTA_EXCEEDED, "more than " + Limits.TOPIC_FILTERS + " topic filters in one packet");
        }
    }

    private static Subscription subscription(PacketReader in) throws MalformedPacket {
        String filter = filter(in);
        int options = in.oneByte("subscription options");
        if ((options & (in.isV5() ? RESERVED_V5 : RESERVED_V3)) != 0) {
            throw in.malformed("the reserved subscription options must be 0");
        }
        Qos qos = qos(in, options & QOS);
        boolean noLocal = (options & NO_LOCAL) != 0;
        if (noLocal && filter.startsWith(SHARED)) {
            throw in.protocolError("a shared subscription must not ask for no local");
        }
        RetainHandling retainHandling = retainHandling(in, options >> RETAIN_HANDLING_SHIFT);
        return new Subscription(filter, qos, noLocal, (options & RETAIN_AS_PUBLISHED) != 0, retainHandling);
    }

    private static Qos qos(PacketReader in, int level) throws MalformedPacket {
        if (level == 3) {
            String message = "QoS 3 does not exist";
            // MQTT 5.0 section 3.8.3.1 calls it a protocol error, [MQTT-3.8.3-4] of MQTT 3.1.1 malformed.
            throw in.isV5() ? in.protocolError(message) : in.malformed(message);
        }
        return Qos.of(level);
    }

    private static RetainHandling retainHandling(PacketReader in, int value) throws MalformedPacket {
        return switch (value) {
            case 0 -> RetainHandling.SEND;
            case 1 -> RetainHandling.SEND_IF_NEW;
            case 2 -> RetainHandling.DO_NOT_SEND;
            default -> throw in.protocolError("retain handling 3 does not exist");
        };
    }
}
