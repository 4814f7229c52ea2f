package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets of one connection, one after the other. It belongs to the connection and is called on its event loop
 * only; it never blocks.
 *
 * <p>It remembers the version (from CONNECT on) and the last topic of a PUBLISH, whose string it uses again when the bytes
 * are the same. What it needs only while it reads is in a {@link DecoderDesk}, which many connections of one thread can share.
 */
public final class PacketDecoder {
    private static final PingReq PINGREQ = new PingReq();
    private static final PingResp PINGRESP = new PingResp();

    private final DecoderLimits limits;
    private final Side side;
    private final TopicCache topics = new TopicCache();
    private @Nullable DecoderDesk ownDesk;
    private MqttVersion version = MqttVersion.V3_1_1;
    private boolean connectSeen;
    private boolean letIn;

    /** A decoder of what clients send; see {@link #PacketDecoder(int, Side)}. */
    public PacketDecoder(int maximumPacketSize) {
        this(maximumPacketSize, Side.SERVER);
    }

    /**
     * A decoder for one end of a connection.
     *
     * @param maximumPacketSize in bytes, the fixed header included; a packet that announces more is refused as soon as its
     *     length is readable, before its bytes are waited for
     * @param side the end that reads
     */
    public PacketDecoder(int maximumPacketSize, Side side) {
        this(DecoderLimits.ofPacketSize(maximumPacketSize), side);
    }

    /** The same with every limit as it is told. */
    public PacketDecoder(DecoderLimits limits, Side side) {
        this.limits = limits;
        this.side = side;
    }

    /**
     * Reads the next packet, from the reader index on, and moves the reader index behind it. The buffer is neither kept nor
     * released.
     *
     * @return null when there is no complete packet yet; then nothing is consumed
     * @throws MalformedPacket when the bytes so far cannot become a packet that may arrive here; then nothing is consumed,
     *     and the decoder must not be used any more
     */
    public @Nullable Packet decode(ByteBuf in) throws MalformedPacket {
        DecoderDesk desk = ownDesk;
        if (desk == null) {
            desk = new DecoderDesk();
            ownDesk = desk;
        }
        return decode(in, desk);
    }

    /** The same at a desk that others use too, between two calls; always one for the calling thread. */
    public @Nullable Packet decode(ByteBuf in, DecoderDesk desk) throws MalformedPacket {
        int start = in.readerIndex();
        int limit = in.writerIndex();
        if (start == limit) {
            return null;
        }
        PacketType type = type(in.getUnsignedByte(start));
        int length = VariableByteInteger.read(in, start + 1, limit);
        if (length == VariableByteInteger.INCOMPLETE) {
            return null;
        }
        requireAcceptable(type, length);
        int from = start + 1 + VariableByteInteger.length(length);
        if (length > limit - from) {
            return null;
        }
        int end = from + length;
        Packet packet = body(in, desk.reader(), type, start, from, end);
        in.readerIndex(end);
        return packet;
    }

    /**
     * How many more bytes the first packet in a buffer needs at least: 0 when it is complete, or is none, which {@link #decode} tells. Looks
     * at the fixed header only.
     */
    public static int missing(ByteBuf in) {
        int start = in.readerIndex();
        int limit = in.writerIndex();
        if (limit - start < 2) {
            return 2 - (limit - start);
        }
        int length = VariableByteInteger.read(in, start + 1, limit);
        if (length < 0) {
            return length == VariableByteInteger.INCOMPLETE ? 1 : 0;
        }
        return (int) Math.max(0, FixedHeader.packetSize(length) - (limit - start));
    }

    /** The connection's version: 3.1.1 until a CONNECT has told it, even one that is refused for what follows its version. */
    public MqttVersion version() {
        return version;
    }

    /** Sets the version, for a client, which knows what it has asked for. */
    public void version(MqttVersion agreed) {
        version = agreed;
    }

    /** The client has been let in: from now on its packets may be as large as those of anybody. */
    public void letIn() {
        letIn = true;
    }

    private PacketType type(int firstByte) throws MalformedPacket {
        PacketType type = PacketType.of(firstByte);
        if (type == null || (type == PacketType.AUTH && version != MqttVersion.V5)) {
            throw refusal(ReasonCode.MALFORMED_PACKET, "there is no packet type " + (firstByte >> 4));
        }
        if (!type.mayArriveAt(side, version)) {
            throw refusal(ReasonCode.PROTOCOL_ERROR, type + " goes in the other direction");
        }
        if (type == PacketType.CONNECT && connectSeen) {
            throw refusal(ReasonCode.PROTOCOL_ERROR, "a second CONNECT");
        }
        int flags = firstByte & 0xF;
        if (!type.acceptsFlags(flags, version)) {
            throw refusal(ReasonCode.MALFORMED_PACKET, type + " cannot have the flags " + flags);
        }
        return type;
    }

    private void requireAcceptable(PacketType type, int length) throws MalformedPacket {
        if (length < 0) {
            throw refusal(
                    ReasonCode.MALFORMED_PACKET,
                    type + " with a remaining length that is not in its shortest form of at most four bytes");
        }
        long size = FixedHeader.packetSize(length);
        int most = letIn ? limits.packetSize() : limits.connectSize();
        if (size > most) {
            throw refusal(
                    ReasonCode.PACKET_TOO_LARGE, type + " of " + size + " bytes, the maximum is " + most + " bytes");
        }
    }

    private static MalformedPacket refusal(ReasonCode reason, String what) {
        return new MalformedPacket(reason, "packet refused by its fixed header: " + what);
    }

    private Packet body(ByteBuf in, PacketReader reader, PacketType type, int start, int from, int end)
            throws MalformedPacket {
        reader.begin(in, side, version, limits, type, start, from, end);
        try {
            Packet packet = dispatch(reader, type);
            reader.requireEnd();
            return packet;
        } finally {
            version = reader.version(); // a CONNECT tells it, even one that is refused for what follows
            reader.release();
        }
    }

    private Packet dispatch(PacketReader reader, PacketType type) throws MalformedPacket {
        return switch (type) {
            case CONNECT -> {
                connectSeen = true;
                yield ConnectDecoder.decode(reader);
            }
            case CONNACK -> ConnAckDecoder.decode(reader);
            case PUBLISH -> PublishDecoder.decode(reader, topics);
            case PUBACK -> AckDecoder.pubAck(reader);
            case PUBREC -> AckDecoder.pubRec(reader);
            case PUBREL -> AckDecoder.pubRel(reader);
            case PUBCOMP -> AckDecoder.pubComp(reader);
            case SUBSCRIBE -> SubscribeDecoder.decode(reader);
            case SUBACK -> SubAckDecoder.subAck(reader);
            case UNSUBSCRIBE -> UnsubscribeDecoder.decode(reader);
            case UNSUBACK -> SubAckDecoder.unsubAck(reader);
            case PINGREQ -> PINGREQ;
            case PINGRESP -> PINGRESP;
            case DISCONNECT -> DisconnectDecoder.decode(reader);
            case AUTH -> AuthDecoder.decode(reader);
        };
    }
}
