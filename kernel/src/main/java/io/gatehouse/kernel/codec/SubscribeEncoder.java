package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Subscription;
import io.netty.buffer.ByteBuf;

/** Writes SUBSCRIBE (MQTT 5.0 and 3.1.1 section 3.8) for the clients of the house; older versions get the QoS as only option. */
final class SubscribeEncoder {
    private SubscribeEncoder() {}

    static boolean encode(Subscribe packet, MqttVersion version, int maximumPacketSize, ByteBuf out) {
        FixedHeader.requirePacketId(packet.packetId());
        boolean isV5 = version == MqttVersion.V5;
        PropertySection section = new PropertySection(sink -> {
            sink.numberUnless(0, Property.SUBSCRIPTION_IDENTIFIER, packet.subscriptionId());
            sink.userProperties(packet.userProperties());
        });
        long length = 2 + (isV5 ? section.encodedLength() : 0);
        for (Subscription subscription : packet.subscriptions()) {
            length += Utf8.encodedLength(subscription.filter()) + 1;
        }
        if (!FixedHeader.write(out, PacketType.SUBSCRIBE.firstByte(), length, maximumPacketSize)) {
            return false;
        }
        out.writeShort(packet.packetId());
        if (isV5) {
            section.write(out);
        }
        for (Subscription subscription : packet.subscriptions()) {
            Utf8.write(out, subscription.filter());
            out.writeByte(
                    isV5 ? options(subscription) : subscription.maximumQos().level());
        }
        return true;
    }

    private static int options(Subscription subscription) {
        return subscription.maximumQos().level()
                | (subscription.noLocal() ? SubscribeDecoder.NO_LOCAL : 0)
                | (subscription.retainAsPublished() ? SubscribeDecoder.RETAIN_AS_PUBLISHED : 0)
                | (subscription.retainHandling().value() << SubscribeDecoder.RETAIN_HANDLING_SHIFT);
    }
}
