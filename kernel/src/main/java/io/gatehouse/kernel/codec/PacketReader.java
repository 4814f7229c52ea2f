package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A cursor over the bytes of one packet that refuses to go beyond its end. One lives as long as its {@link DecoderDesk},
 * so that reading a packet allocates nothing but the packet.
 *
 * <p>The {@code field} that the methods take is the name for error messages.
 */
final class PacketReader {
    private final PropertyReader properties = new PropertyReader();

    // for one packet
    private Side side = Side.SERVER;
    private MqttVersion version = MqttVersion.V3_1_1;
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private PacketType type = PacketType.CONNECT;
    private int firstByte;
    private int start;
    private int position;
    private int end;

    Side side() {
        return side;
    }

    MqttVersion version() {
        return version;
    }

    void version(MqttVersion value) {
        version = value;
    }

    boolean isV5() {
        return version == MqttVersion.V5;
    }

    /** Starts with the packet whose first byte is at {@code start} and whose bytes after the fixed header are {@code from} to {@code end}. */
    void begin(
            ByteBuf buffer,
            Side receiver,
            MqttVersion spoken,
            DecoderLimits limits,
            PacketType packetType,
            int packetStart,
            int from,
            int packetEnd) {
        in = buffer;
        side = receiver;
        version = spoken;
        properties.limits(limits);
        type = packetType;
        firstByte = buffer.getByte(packetStart);
        start = packetStart;
        position = from;
        end = packetEnd;
    }

    /** Forgets the buffer and what was read of it. */
    void release() {
        in = Unpooled.EMPTY_BUFFER;
        properties.clear();
    }

    /** The lower half of the first byte. */
    int flags() {
        return firstByte & 0xF;
    }

    /** How many bytes are left in the packet, or in the section it is narrowed to. */
    int remaining() {
        return end - position;
    }

    /** Narrows the cursor to the next {@code length} bytes; returns what {@link #widen} needs to undo it. */
    int narrow(int length, String field) throws MalformedPacket {
        require(length, field);
        int outerEnd = end;
        end = position + length;
        return outerEnd;
    }

    void widen(int outerEnd) {
        end = outerEnd;
    }

    int oneByte(String field) throws MalformedPacket {
        require(1, field);
        return in.getUnsignedByte(position++);
    }

    int twoByteInteger(String field) throws MalformedPacket {
        require(2, field);
        int value = in.getUnsignedShort(position);
        position += 2;
        return value;
    }

    long fourByteInteger(String field) throws MalformedPacket {
        require(4, field);
        long value = in.getUnsignedInt(position);
        position += 4;
        return value;
    }

    int variableByteInteger(String field) throws MalformedPacket {
        int value = VariableByteInteger.read(in, position, end);
        if (value < 0) {
            throw malformed(field + " is not a complete variable byte integer in its shortest form");
        }
        position += VariableByteInteger.length(value);
        return value;
    }

    int packetId() throws MalformedPacket {
        int packetId = twoByteInteger("packet identifier");
        if (packetId == 0) {
            throw protocolError("the packet identifier must not be 0");
        }
        return packetId;
    }

    /** A known reason code; whether the packet may carry it is the caller's question. */
    ReasonCode reasonCode() throws MalformedPacket {
        int code = oneByte("reason code");
        Optional<ReasonCode> reason = ReasonCode.of(code);
        if (reason.isEmpty()) {
            throw malformed("there is no reason code " + code);
        }
        return reason.get();
    }

    String text(String field) throws MalformedPacket {
        int length = twoByteInteger(field);
        require(length, field);
        String text = decode(length, field);
        position += length;
        return text;
    }

    /** The topic name of a PUBLISH, which may be empty; the string of the cache when the bytes are the same as last time. */
    String topicName(TopicCache cache) throws MalformedPacket {
        int length = twoByteInteger("topic name");
        require(length, "topic name");
        if (length == 0) {
            return "";
        }
        String topic = cache.find(in, position, length);
        if (topic == null) {
            topic = decode(length, "topic name");
            if (hasWildcard(topic)) {
                throw failure(ReasonCode.TOPIC_NAME_INVALID, "a topic name must not contain + or #");
            }
            cache.remember(topic, in, position, length);
        }
        position += length;
        return topic;
    }

    /** Whether a topic name holds what only a topic filter may ([MQTT-4.7.1-1]). */
    static boolean hasWildcard(String topic) {
        return topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0;
    }

    byte[] binary(String field) throws MalformedPacket {
        int length = twoByteInteger(field);
        require(length, field);
        return bytes(length);
    }

    /** All that is left of the packet. */
    Payload rest() {
        int length = remaining();
        return length == 0 ? Payload.EMPTY : Payload.ofOwned(bytes(length));
    }

    /** Reads a property section; what is returned is valid until the next one is read or the packet is done. */
    PropertyReader properties(PropertyScope scope) throws MalformedPacket {
        properties.read(this, scope);
        return properties;
    }

    /** Ends the packet. */
    void requireEnd() throws MalformedPacket {
        if (remaining() != 0) {
            throw malformed(remaining() + " bytes are left over");
        }
    }

    MalformedPacket malformed(String what) {
        return failure(ReasonCode.MALFORMED_PACKET, what);
    }

    MalformedPacket protocolError(String what) {
        return failure(ReasonCode.PROTOCOL_ERROR, what);
    }

    MalformedPacket failure(ReasonCode reason, String what) {
        return new MalformedPacket(reason, type + " refused: " + what + " (at byte " + (position - start) + ")");
    }

    private String decode(int length, String field) throws MalformedPacket {
        return switch (Utf8.scan(in, position, length)) {
            case ASCII -> in.toString(position, length, StandardCharsets.ISO_8859_1);
            case MULTIBYTE -> in.toString(position, length, StandardCharsets.UTF_8);
            case NUL -> throw malformed(field + " contains U+0000");
            case ILL_FORMED -> throw malformed(field + " is not well-formed UTF-8");
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        in.getBytes(position, bytes);
        position += length;
        return bytes;
    }

    private void require(int length, String field) throws MalformedPacket {
        if (length > remaining()) {
            throw malformed(field + " needs " + length + " bytes, but only " + remaining() + " are left");
        }
    }
}
