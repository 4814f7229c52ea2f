package io.gatehouse.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for any bytes whatsoever, in any version and on either side: nothing but {@link MalformedPacket} is thrown,
 * an incomplete packet is left alone, pieces give the same as the whole, and what was read can be written and read again.
 */
final class CodecInvariants {
    private static final int MAXIMUM_PACKET_SIZE = 1 << 20;

    private CodecInvariants() {}

    /** What a stream of bytes turned out to be: packets, each with the version then spoken, and perhaps a refusal. */
    private record Outcome(List<Packet> packets, List<MqttVersion> versions, String refusal, int consumed) {}

    static void check(byte[] input) throws MalformedPacket {
        for (MqttVersion version : MqttVersion.values()) {
            for (Side side : Side.values()) {
                Outcome whole = read(input, input.length, side, version);
                assertThat(read(input, 1, side, version)).isEqualTo(whole);
                assertThat(read(input, 1 + input.length / 2, side, version)).isEqualTo(whole);
                for (int i = 0; i < whole.packets().size(); i++) {
                    checkRoundTrip(whole.packets().get(i), whole.versions().get(i), side);
                }
            }
        }
    }

    /** Lets the bytes arrive in steps. */
    private static Outcome read(byte[] input, int step, Side side, MqttVersion version) {
        PacketDecoder decoder = new PacketDecoder(MAXIMUM_PACKET_SIZE, side);
        decoder.version(version);
        ByteBuf in = Unpooled.wrappedBuffer(input).writerIndex(0);
        List<Packet> packets = new ArrayList<>();
        List<MqttVersion> versions = new ArrayList<>();
        String refusal = "";
        try {
            while (in.writerIndex() < input.length) {
                in.writerIndex(Math.min(input.length, in.writerIndex() + step));
                for (Packet packet = next(decoder, in); packet != null; packet = next(decoder, in)) {
                    packets.add(packet);
                    versions.add(decoder.version());
                }
            }
        } catch (MalformedPacket refused) {
            refusal = refused.reason() + ": " + refused.getMessage();
        }
        assertThat(in.refCnt()).isEqualTo(1);
        return new Outcome(packets, versions, refusal, in.readerIndex());
    }

    private static @Nullable Packet next(PacketDecoder decoder, ByteBuf in) throws MalformedPacket {
        int before = in.readerIndex();
        Packet packet = decoder.decode(in);
        // Not by AssertJ: this runs once for each byte of each input.
        if ((packet == null) != (in.readerIndex() == before)) {
            throw new AssertionError("consumed " + (in.readerIndex() - before) + " bytes for " + packet);
        }
        return packet;
    }

    private static void checkRoundTrip(Packet packet, MqttVersion version, Side side) throws MalformedPacket {
        ByteBuf out = Unpooled.buffer();
        assertThat(PacketEncoder.encode(packet, version, Integer.MAX_VALUE, out))
                .isTrue();
        PacketDecoder decoder = new PacketDecoder(Integer.MAX_VALUE, side);
        decoder.version(version);
        assertThat(decoder.decode(out)).isEqualTo(packet);
        assertThat(out.isReadable()).isFalse();
    }
}
