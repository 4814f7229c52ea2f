package io.gatehouse.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** Short words for tests: one connection's decoder with the bytes that arrive. */
final class Wire {
    static final int UNLIMITED = Integer.MAX_VALUE;

    private Wire() {}

    /** What a server reads from a client of this version. */
    static Packet fromClient(MqttVersion version, String hex) throws MalformedPacket {
        return decode(decoder(Side.SERVER, version), HexText.bytes(hex));
    }

    /** What a client of this version reads from a server. */
    static Packet fromServer(MqttVersion version, String hex) throws MalformedPacket {
        return decode(decoder(Side.CLIENT, version), HexText.bytes(hex));
    }

    /** The reason for which a server refuses what a client of this version sends. */
    static ReasonCode refusalFromClient(MqttVersion version, String hex) {
        return refusal(Side.SERVER, version, HexText.bytes(hex));
    }

    /** The reason for which a client of this version refuses what a server sends. */
    static ReasonCode refusalFromServer(MqttVersion version, String hex) {
        return refusal(Side.CLIENT, version, HexText.bytes(hex));
    }

    static ReasonCode refusal(Side side, MqttVersion version, byte[] bytes) {
        MalformedPacket refused =
                catchThrowableOfType(MalformedPacket.class, () -> decode(decoder(side, version), bytes));
        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.getMessage()).isNotBlank();
        assertThat(refused.getStackTrace()).isEmpty();
        return refused.reason();
    }

    static PacketDecoder decoder(Side side, MqttVersion version) {
        PacketDecoder decoder = new PacketDecoder(UNLIMITED, side);
        decoder.version(version);
        return decoder;
    }

    /** Decodes exactly one packet that takes all of the bytes. */
    static Packet decode(PacketDecoder decoder, byte[] bytes) throws MalformedPacket {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        Packet packet = decoder.decode(in);
        assertThat(packet).as("complete packet").isNotNull();
        assertThat(in.readableBytes()).as("bytes left").isZero();
        return packet;
    }

    /** The bytes of a packet, as hexadecimal pairs. */
    static String encode(Packet packet, MqttVersion version) {
        return encode(packet, version, UNLIMITED);
    }

    /** The bytes of a packet for a receiver with this maximum. */
    static String encode(Packet packet, MqttVersion version, int maximumPacketSize) {
        ByteBuf out = Unpooled.buffer();
        assertThat(PacketEncoder.encode(packet, version, maximumPacketSize, out))
                .as("encoded")
                .isTrue();
        return hex(ByteBufUtil.getBytes(out));
    }

    static String hex(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    /** The same bytes in one notation, for comparison with {@link #encode}. */
    static String hex(String text) {
        return hex(HexText.bytes(text));
    }
}
