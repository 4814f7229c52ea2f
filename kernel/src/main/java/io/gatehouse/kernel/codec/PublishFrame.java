package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * A PUBLISH encoded once for many receivers that differ only in packet identifier and DUP. It never changes and may be used
 * by any thread.
 */
public final class PublishFrame {
    private final byte[] bytes;
    private final Qos qos;
    private final int packetIdOffset;

    private PublishFrame(byte[] bytes, Qos qos, int packetIdOffset) {
        this.bytes = bytes;
        this.qos = qos;
        this.packetIdOffset = packetIdOffset;
    }

    /**
     * Encodes a message with its own topic and without alias. The versions before 5.0 are alike: a frame of one serves the
     * other.
     *
     * @param qos instead of the message's
     * @param retain instead of the message's
     * @param expirySeconds what is left of the message's expiry interval, or {@link MessageProperties#NO_EXPIRY}
     * @param subscriptionIds of the subscriptions that matched
     * @throws IllegalArgumentException when the values cannot make a PUBLISH
     */
    public static PublishFrame of(
            MqttVersion version,
            Message message,
            Qos qos,
            boolean retain,
            long expirySeconds,
            List<Integer> subscriptionIds) {
        long size = PublishEncoder.size(version, message, qos, expirySeconds, subscriptionIds);
        if (size > FixedHeader.MAXIMUM_PACKET_SIZE) {
            throw new IllegalArgumentException("a packet has at most 268,435,460 bytes, this one would have " + size);
        }
        byte[] bytes = new byte[(int) size];
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes).clear();
        String topic = message.topic();
        int anyId = 1;
        PublishEncoder.encode(
                buffer,
                version,
                bytes.length,
                message,
                topic,
                qos,
                retain,
                false,
                anyId,
                expirySeconds,
                subscriptionIds,
                0);
        return new PublishFrame(bytes, qos, packetIdOffset(buffer));
    }

    /** Behind the fixed header and the topic name. */
    private static int packetIdOffset(ByteBuf packet) {
        int remainingLength = VariableByteInteger.read(packet, 1, packet.writerIndex());
        int topicOffset = 1 + VariableByteInteger.length(remainingLength);
        return topicOffset + 2 + packet.getUnsignedShort(topicOffset);
    }

    /** The size of the packet in bytes, for comparison with a receiver's maximum packet size. */
    public int size() {
        return bytes.length;
    }

    /**
     * Appends the packet.
     *
     * @param packetId 1 to 65,535 with QoS 1 and 2, not used with QoS 0
     * @param dup true when it has been sent before, never with QoS 0
     */
    public void writeTo(ByteBuf out, int packetId, boolean dup) {
        int start = out.writerIndex();
        if (qos == Qos.AT_MOST_ONCE) {
            if (dup) {
                throw new IllegalArgumentException("DUP must not be set with QoS 0");
            }
            out.writeBytes(bytes);
            return;
        }
        FixedHeader.requirePacketId(packetId);
        out.writeBytes(bytes);
        out.setShort(start + packetIdOffset, packetId);
        if (dup) {
            out.setByte(start, bytes[0] | PublishEncoder.DUP);
        }
    }
}
