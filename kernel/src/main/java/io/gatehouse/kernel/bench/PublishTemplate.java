package io.gatehouse.kernel.bench;

import io.gatehouse.kernel.codec.PublishFrame;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** A PUBLISH encoded once: what differs from message to message is written over. The payload's bytes are shared by all publishers. */
final class PublishTemplate {
    private static final int PACKET_ID_BYTES = 2;

    private final byte[] head;
    private final byte[] payload;
    private final int packetIdOffset;

    private PublishTemplate(byte[] head, byte[] payload, int packetIdOffset) {
        this.head = head;
        this.payload = payload;
        this.packetIdOffset = packetIdOffset;
    }

    /**
     * A template.
     *
     * @param shared the bytes of {@code payload}, not copied
     * @throws IllegalArgumentException when the message is larger than MQTT allows
     */
    static PublishTemplate of(
            MqttVersion version, String topic, Qos qos, boolean retain, Payload payload, byte[] shared) {
        Message message = new Message(topic, payload, qos, retain, MessageProperties.NONE);
        PublishFrame frame = PublishFrame.of(version, message, qos, retain, MessageProperties.NO_EXPIRY, List.of());
        ByteBuf whole = Unpooled.buffer(frame.size(), frame.size());
        frame.writeTo(whole, 1, false);
        byte[] head = new byte[frame.size() - payload.length()];
        whole.getBytes(0, head);
        int propertyLength = version == MqttVersion.V5 ? 1 : 0;
        return new PublishTemplate(
                head, shared, qos == Qos.AT_MOST_ONCE ? -1 : head.length - propertyLength - PACKET_ID_BYTES);
    }

    /** The size of the packet. */
    int size() {
        return head.length + payload.length;
    }

    /** Appends the packet; the packet identifier is not used with QoS 0. */
    void write(ByteBuf out, int packetId, long due, long sequence, int source) {
        int begin = out.writerIndex();
        out.ensureWritable(size());
        out.writeBytes(head);
        if (packetIdOffset >= 0) {
            out.setShort(begin + packetIdOffset, packetId);
        }
        if (payload.length >= Stamp.SIZE) {
            Stamp.write(out, due, sequence, source);
            out.writeBytes(payload, Stamp.SIZE, payload.length - Stamp.SIZE);
        } else {
            out.writeBytes(payload);
        }
    }
}
