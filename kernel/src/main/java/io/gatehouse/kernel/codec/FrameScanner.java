package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.buffer.ByteBuf;

/**
 * Finds packets in bytes that arrived and reads single fields where they lie, without making objects of them: for a client that handles
 * very many and needs little of each. It checks that fields lie within their packet, and nothing else; {@link PacketDecoder} is strict.
 * It belongs to one connection and is called on its event loop only.
 */
public final class FrameScanner {
    /** The type of PUBLISH, as {@link #type()} tells it. */
    public static final int PUBLISH = 3;

    private static final int PACKET_ID_BYTES = 2;

    private final int maximumPacketSize;
    private int firstByte;
    private int start;
    private int body;
    private int end;
    private int packetId;
    private int payload;

    /**
     * A scanner for one connection.
     *
     * @param maximumPacketSize in bytes; a packet that announces more is refused
     */
    public FrameScanner(int maximumPacketSize) {
        this.maximumPacketSize = maximumPacketSize;
    }

    /**
     * Goes on to the packet at the reader index, and moves that behind it.
     *
     * @return false, with nothing consumed, when the packet is not complete yet
     * @throws MalformedPacket when its length is none, or larger than the maximum
     */
    public boolean next(ByteBuf in) throws MalformedPacket {
        start = in.readerIndex();
        int limit = in.writerIndex();
        if (limit - start < 2) {
            return false;
        }
        int length = VariableByteInteger.read(in, start + 1, limit);
        if (length == VariableByteInteger.INCOMPLETE) {
            return false;
        }
        if (length < 0 || FixedHeader.packetSize(length) > maximumPacketSize) {
            throw new MalformedPacket(
                    ReasonCode.MALFORMED_PACKET,
                    "a packet without a length of at most " + maximumPacketSize + " bytes");
        }
        body = start + 1 + VariableByteInteger.length(length);
        if (length > limit - body) {
            return false;
        }
        firstByte = in.getUnsignedByte(start);
        end = body + length;
        in.readerIndex(end);
        return true;
    }

    /** The packet type: 1 for CONNECT to 15 for AUTH. */
    public int type() {
        return firstByte >> 4;
    }

    /** The quality of service of a PUBLISH. */
    public int qos() {
        return (firstByte >> 1) & 0b11;
    }

    /** Where the packet begins. */
    public int start() {
        return start;
    }

    /** The size of the packet. */
    public int size() {
        return end - start;
    }

    /** Where the payload of a PUBLISH begins, after {@link #readPublish}. */
    public int payload() {
        return payload;
    }

    /** How many bytes the payload has. */
    public int payloadLength() {
        return end - payload;
    }

    /** The packet identifier, after {@link #readPublish} or {@link #readAcknowledgement}; 0 with QoS 0. */
    public int packetId() {
        return packetId;
    }

    /** Finds packet identifier and payload of a PUBLISH; with properties when the connection speaks MQTT 5. */
    public void readPublish(ByteBuf in, boolean v5) throws MalformedPacket {
        require(body + 2);
        int position = body + 2 + in.getUnsignedShort(body);
        packetId = 0;
        if (qos() > 0) {
            require(position + PACKET_ID_BYTES);
            packetId = in.getUnsignedShort(position);
            position += PACKET_ID_BYTES;
        }
        if (v5) {
            int properties = VariableByteInteger.read(in, position, end);
            if (properties < 0) {
                throw outside();
            }
            position += VariableByteInteger.length(properties) + properties;
        }
        require(position);
        payload = position;
    }

    /** Finds the packet identifier of a PUBACK, PUBREC, PUBREL or PUBCOMP. */
    public void readAcknowledgement(ByteBuf in) throws MalformedPacket {
        require(body + PACKET_ID_BYTES);
        packetId = in.getUnsignedShort(body);
    }

    /** The reason code of a PUBACK, PUBREC, PUBREL or PUBCOMP; 0 when it has none. */
    public int reason(ByteBuf in) {
        int position = body + PACKET_ID_BYTES;
        return position < end ? in.getUnsignedByte(position) : 0;
    }

    private void require(int position) throws MalformedPacket {
        if (position > end) {
            throw outside();
        }
    }

    private static MalformedPacket outside() {
        return new MalformedPacket(ReasonCode.MALFORMED_PACKET, "a packet whose fields do not lie within it");
    }
}
