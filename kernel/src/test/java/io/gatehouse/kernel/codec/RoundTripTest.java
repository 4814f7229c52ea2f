package io.gatehouse.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read again as it was, for random packets of every version and direction. */
class RoundTripTest {
    private static final int ROUNDS = 5_000;

    static Stream<Arguments> versionsAndReaders() {
        return Stream.of(MqttVersion.values())
                .flatMap(version -> Stream.of(Side.values()).map(reader -> Arguments.of(version, reader)));
    }

    @ParameterizedTest
    @MethodSource("versionsAndReaders")
    void readsWhatItWrote(MqttVersion version, Side reader) throws MalformedPacket {
        RandomPackets packets = new RandomPackets(1, version, reader);
        for (int round = 0; round < ROUNDS; round++) {
            Packet packet = packets.next();
            ByteBuf bytes = Unpooled.buffer();
            assertThat(PacketEncoder.encode(packet, version, Wire.UNLIMITED, bytes))
                    .isTrue();
            assertThat(Wire.decoder(reader, version).decode(bytes)).isEqualTo(packet);
            assertThat(bytes.isReadable()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("versionsAndReaders")
    void readsAStreamThatArrivesInRandomPieces(MqttVersion version, Side reader) throws MalformedPacket {
        RandomPackets packets = new RandomPackets(2, version, reader);
        List<Packet> sent = new ArrayList<>();
        ByteBuf wire = Unpooled.buffer();
        while (sent.size() < 500) {
            Packet packet = packets.next();
            if (!(packet instanceof Connect)) {
                sent.add(packet);
                PacketEncoder.encode(packet, version, Wire.UNLIMITED, wire);
            }
        }
        Random random = new Random(3);
        PacketDecoder decoder = Wire.decoder(reader, version);
        ByteBuf arrived = Unpooled.buffer();
        List<Packet> received = new ArrayList<>();
        while (wire.isReadable()) {
            arrived.writeBytes(wire, Math.min(wire.readableBytes(), 1 + random.nextInt(200)));
            for (Packet packet = decoder.decode(arrived); packet != null; packet = decoder.decode(arrived)) {
                received.add(packet);
            }
        }
        assertThat(received).isEqualTo(sent);
    }

    @ParameterizedTest
    @MethodSource("versionsAndReaders")
    void neverWritesMoreThanTheMaximum(MqttVersion version, Side reader) throws MalformedPacket {
        RandomPackets packets = new RandomPackets(4, version, reader);
        Random random = new Random(5);
        for (int round = 0; round < ROUNDS; round++) {
            Packet packet = packets.next();
            int maximum = 2 + random.nextInt(150);
            ByteBuf bytes = Unpooled.buffer();
            if (PacketEncoder.encode(packet, version, maximum, bytes)) {
                assertThat(bytes.readableBytes()).isLessThanOrEqualTo(maximum);
                assertThat(Wire.decoder(reader, version).decode(bytes)).hasSameClassAs(packet);
            } else {
                assertThat(bytes.readableBytes()).isZero();
            }
        }
    }
}
