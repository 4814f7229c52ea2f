package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Auth;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.UnsubAck;
import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.netty.buffer.ByteBuf;

/** Writes packets of every type. It has no state; the buffer belongs to one thread. */
public final class PacketEncoder {
    private PacketEncoder() {}

    /**
     * Appends one packet. What the version has no word for is left out or becomes the nearest that it has: properties, the
     * reasons of UNSUBACK, the exact reason of CONNACK and SUBACK. A failure that the packet type must not carry is sent as
     * "unspecified error". An answer that would be too large is sent without its user properties, then also without its
     * reason string.
     *
     * @param version the connection's; a CONNECT is written in its own
     * @param maximumPacketSize what the receiver takes, in bytes, the fixed header included
     * @return false, and nothing is written, when the packet would still be larger than the maximum
     * @throws IllegalArgumentException when the version cannot express the packet at all (AUTH, or a DISCONNECT with a
     *     reason, before MQTT 5.0) or the values cannot make a packet; nothing is written
     */
    public static boolean encode(Packet packet, MqttVersion version, int maximumPacketSize, ByteBuf out) {
        return switch (packet) {
            case Connect connect -> ConnectEncoder.encode(connect, maximumPacketSize, out);
            case ConnAck connAck -> ConnAckEncoder.encode(connAck, version, maximumPacketSize, out);
            case Publish publish -> encode(publish, version, maximumPacketSize, out);
            case PubAck pubAck -> AckEncoder.encode(pubAck, version, maximumPacketSize, out);
            case PubRec pubRec -> AckEncoder.encode(pubRec, version, maximumPacketSize, out);
            case PubRel pubRel -> AckEncoder.encode(pubRel, version, maximumPacketSize, out);
            case PubComp pubComp -> AckEncoder.encode(pubComp, version, maximumPacketSize, out);
            case Subscribe subscribe -> SubscribeEncoder.encode(subscribe, version, maximumPacketSize, out);
            case SubAck subAck -> SubAckEncoder.encode(subAck, version, maximumPacketSize, out);
            case Unsubscribe unsubscribe -> UnsubscribeEncoder.encode(unsubscribe, version, maximumPacketSize, out);
            case UnsubAck unsubAck -> SubAckEncoder.encode(unsubAck, version, maximumPacketSize, out);
            case PingReq ignored -> FixedHeader.write(out, PacketType.PINGREQ.firstByte(), 0, maximumPacketSize);
            case PingResp ignored -> FixedHeader.write(out, PacketType.PINGRESP.firstByte(), 0, maximumPacketSize);
            case Disconnect disconnect -> DisconnectEncoder.encode(disconnect, version, maximumPacketSize, out);
            case Auth auth -> AuthEncoder.encode(auth, version, maximumPacketSize, out);
        };
    }

    private static boolean encode(Publish publish, MqttVersion version, int maximumPacketSize, ByteBuf out) {
        Message message = publish.message();
        return PublishEncoder.encode(
                out,
                version,
                maximumPacketSize,
                message,
                message.topic(),
                message.qos(),
                message.retain(),
                publish.dup(),
                publish.packetId(),
                message.properties().expirySeconds(),
                publish.subscriptionIds(),
                publish.topicAlias());
    }
}
