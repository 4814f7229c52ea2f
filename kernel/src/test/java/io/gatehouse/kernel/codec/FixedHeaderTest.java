package io.gatehouse.kernel.codec;

import static io.gatehouse.kernel.codec.Wire.refusalFromClient;
import static io.gatehouse.kernel.codec.Wire.refusalFromServer;
import static io.gatehouse.sdk.mqtt.MqttVersion.V3_1;
import static io.gatehouse.sdk.mqtt.MqttVersion.V3_1_1;
import static io.gatehouse.sdk.mqtt.MqttVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedHeaderTest {

    /** Every first byte except those of PUBLISH that the specification does not show. */
    static Stream<Integer> firstBytesWithWrongFlags() {
        List<Integer> right =
                List.of(0x10, 0x20, 0x40, 0x50, 0x62, 0x70, 0x82, 0x90, 0xA2, 0xB0, 0xC0, 0xD0, 0xE0, 0xF0);
        return IntStream.range(0, 256)
                .filter(first -> first >> 4 != 3 && !right.contains(first))
                .boxed();
    }

    @ParameterizedTest
    @MethodSource("firstBytesWithWrongFlags")
    void refusesReservedTypesAndFlagsByTheFirstByteAlone(int first) {
        for (Side side : Side.values()) {
            ByteBuf in = Unpooled.wrappedBuffer(new byte[] {(byte) first});
            PacketDecoder decoder = Wire.decoder(side, V5);
            assertThatThrownBy(() -> decoder.decode(in)).isInstanceOf(MalformedPacket.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"20 02 00 00", "90 03 00 01 00", "b0 02 00 01", "d0 00"})
    void refusesWhatOnlyAServerSends(String packet) {
        assertThat(refusalFromClient(V3_1_1, packet)).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10 0d \"MQTT\" 04 02 00 00 \"c\"", "82 06 00 01 \"a\" 00", "a2 05 00 01 \"a\"", "c0 00", "e0 00"
            })
    void refusesWhatOnlyAClientSends(String packet) {
        assertThat(refusalFromServer(V3_1_1, packet)).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @EnumSource(
            value = MqttVersion.class,
            names = {"V3_1", "V3_1_1"})
    void refusesAuthBeforeVersion5(MqttVersion version) {
        assertThat(refusalFromClient(version, "f0 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromServer(version, "f0 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void acceptsDupOfRepeatedPacketsInVersion31Only() throws MalformedPacket {
        assertThat(Wire.fromClient(V3_1, "6a 02 00 01")).isEqualTo(new PubRel(1));
        assertThat(Wire.fromClient(V3_1, "8a 06 00 01 \"a\" 00")).isInstanceOf(Subscribe.class);
        assertThat(Wire.fromClient(V3_1, "aa 05 00 01 \"a\"")).isInstanceOf(Unsubscribe.class);
        assertThat(refusalFromClient(V3_1, "48 02 00 01")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V3_1, "6b 02 00 01")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V3_1_1, "6a 02 00 01")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V5, "8a 07 00 01 00 \"a\" 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void readsAndWritesPings(MqttVersion version) throws MalformedPacket {
        assertThat(Wire.fromClient(version, "c0 00")).isEqualTo(new PingReq());
        assertThat(Wire.fromServer(version, "d0 00")).isEqualTo(new PingResp());
        assertThat(Wire.encode(new PingReq(), version)).isEqualTo("c0 00");
        assertThat(Wire.encode(new PingResp(), version)).isEqualTo("d0 00");
        assertThat(refusalFromClient(version, "c0 01 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromServer(version, "d0 01 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0 80 00", "c0 80 80 80 00", "30 84 00 \"ab\"", "30 80 80 80 80", "30 ff ff ff ff 01"})
    void refusesRemainingLengthsThatAreTooLongOrNotMinimal(String packet) {
        assertThat(refusalFromClient(V3_1_1, packet)).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V5, packet)).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "127, 2", "128, 3", "16383, 3", "16384, 4", "2097151, 4", "2097152, 5"})
    void writesAndReadsRemainingLengthsAtTheirBounds(int remainingLength, int headerLength) throws MalformedPacket {
        ByteBuf out = Unpooled.buffer();
        assertThat(FixedHeader.write(out, 0x30, remainingLength, Wire.UNLIMITED))
                .isTrue();
        assertThat(out.readableBytes()).isEqualTo(headerLength);
        assertThat(VariableByteInteger.read(out, 1, out.writerIndex())).isEqualTo(remainingLength);
        if (remainingLength >= 3) {
            Message message = Message.of("a", Payload.ofOwned(new byte[remainingLength - 3]));
            Publish publish = new Publish(message, false, 0, 0, List.of());
            ByteBuf whole = Unpooled.buffer();
            PacketEncoder.encode(publish, V3_1_1, remainingLength + headerLength, whole);
            assertThat(new PacketDecoder(remainingLength + headerLength).decode(whole))
                    .isEqualTo(publish);
        }
    }

    @Test
    void writesNoPacketBeyondTheLargestThatMqttKnows() {
        ByteBuf out = Unpooled.buffer();
        assertThat(FixedHeader.fits(VariableByteInteger.MAXIMUM, Wire.UNLIMITED))
                .isTrue();
        assertThat(FixedHeader.write(out, 0x30, VariableByteInteger.MAXIMUM + 1L, Wire.UNLIMITED))
                .isFalse();
        assertThat(out.readableBytes()).isZero();
    }

    @Test
    void refusesTooLargePacketsAsSoonAsTheirLengthIsReadable() throws MalformedPacket {
        PacketDecoder decoder = new PacketDecoder(10);
        assertThat(decoder.decode(bytes("30 08"))).as("10 bytes: wait for them").isNull();
        MalformedPacket refused =
                catchThrowableOfType(MalformedPacket.class, () -> new PacketDecoder(10).decode(bytes("30 09")));
        assertThat(refused.reason()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
        assertThat(refused).hasMessageContaining("11 bytes").hasMessageContaining("10 bytes");
    }

    @Test
    void saysHowMuchAPacketLacksAtLeast() {
        assertThat(PacketDecoder.missing(bytes(""))).isEqualTo(2);
        assertThat(PacketDecoder.missing(bytes("30"))).isEqualTo(1);
        assertThat(PacketDecoder.missing(bytes("30 80"))).isEqualTo(1);
        assertThat(PacketDecoder.missing(bytes("30 80 01"))).isEqualTo(128);
        assertThat(PacketDecoder.missing(bytes("30 03 00"))).isEqualTo(2);
        assertThat(PacketDecoder.missing(bytes("c0 00"))).isZero();
        assertThat(PacketDecoder.missing(bytes("c0 00 30")))
                .as("the first counts")
                .isZero();
        assertThat(PacketDecoder.missing(bytes("30 ff ff ff ff")))
                .as("it is none")
                .isZero();
    }

    @Test
    void consumesNothingOfAnIncompletePacket() throws MalformedPacket {
        byte[] packet = HexText.bytes("32 07 \"a/b\" 00 01");
        PacketDecoder decoder = Wire.decoder(Side.SERVER, V3_1_1);
        for (int length = 0; length < packet.length; length++) {
            ByteBuf in = Unpooled.wrappedBuffer(packet, 0, length);
            assertThat(decoder.decode(in)).isNull();
            assertThat(in.readerIndex()).isZero();
            assertThat(in.refCnt()).isEqualTo(1);
        }
    }

    @Test
    void readsOnePacketAfterTheOtherAtAnyPlaceOfTheBuffer() throws MalformedPacket {
        ByteBuf in = bytes("ff ff c0 00 62 02 00 01 c0");
        in.skipBytes(2);
        PacketDecoder decoder = Wire.decoder(Side.SERVER, V3_1_1);
        Packet first = decoder.decode(in);
        Packet second = decoder.decode(in);
        assertThat(List.of(first, second)).containsExactly(new PingReq(), new PubRel(1));
        assertThat(decoder.decode(in)).isNull();
        assertThat(in.readableBytes()).isEqualTo(1);
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        MalformedPacket refused =
                catchThrowableOfType(MalformedPacket.class, () -> Wire.fromClient(V3_1_1, "30 04 00 05 'ab'"));
        assertThat(refused).hasMessage("PUBLISH refused: topic name needs 5 bytes, but only 2 are left (at byte 4)");
    }

    @Test
    void refusesAMaximumThatNoPacketFits() {
        assertThatThrownBy(() -> new PacketDecoder(1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(HexText.bytes(hex));
    }
}
