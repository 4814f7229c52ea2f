package io.gatehouse.kernel.codec;

import static io.gatehouse.kernel.codec.Wire.encode;
import static io.gatehouse.kernel.codec.Wire.fromClient;
import static io.gatehouse.kernel.codec.Wire.fromServer;
import static io.gatehouse.kernel.codec.Wire.hex;
import static io.gatehouse.kernel.codec.Wire.refusalFromClient;
import static io.gatehouse.sdk.mqtt.MqttVersion.V3_1_1;
import static io.gatehouse.sdk.mqtt.MqttVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PUBACK, PUBREC, PUBREL and PUBCOMP. */
class AckCodecTest {
    private static final List<UserProperty> PAIR = List.of(new UserProperty("k", "v"));

    static Stream<Arguments> packets() {
        ReasonCode denied = ReasonCode.NOT_AUTHORIZED;
        ReasonCode unknown = ReasonCode.PACKET_IDENTIFIER_NOT_FOUND;
        return Stream.of(
                Arguments.of("40", "87", new PubAck(258), ack(denied), new PubAck(258, denied, "no", PAIR)),
                Arguments.of(
                        "50",
                        "87",
                        new PubRec(258),
                        new PubRec(258, denied, null, List.of()),
                        new PubRec(258, denied, "no", PAIR)),
                Arguments.of(
                        "62",
                        "92",
                        new PubRel(258),
                        new PubRel(258, unknown, null, List.of()),
                        new PubRel(258, unknown, "no", PAIR)),
                Arguments.of(
                        "70",
                        "92",
                        new PubComp(258),
                        new PubComp(258, unknown, null, List.of()),
                        new PubComp(258, unknown, "no", PAIR)));
    }

    private static PubAck ack(ReasonCode reason) {
        return new PubAck(258, reason, null, List.of());
    }

    @ParameterizedTest
    @MethodSource("packets")
    void readsAndWritesEveryLength(String first, String code, Packet success, Packet reason, Packet full)
            throws MalformedPacket {
        String bare = first + "02 01 02"; // packet identifier
        String withReason = first + "03 01 02" + code;
        String withProperties = first + "10 01 02" + code + "0c 1f \"no\" 26 \"k\" \"v\"";
        for (MqttVersion version : MqttVersion.values()) {
            assertThat(fromClient(version, bare)).isEqualTo(success);
            assertThat(fromServer(version, bare)).isEqualTo(success);
            assertThat(encode(success, version)).isEqualTo(hex(bare));
        }
        assertThat(fromClient(V5, withReason)).isEqualTo(reason);
        assertThat(fromClient(V5, first + "04 01 02" + code + "00")).isEqualTo(reason);
        assertThat(encode(reason, V5)).isEqualTo(hex(withReason));
        assertThat(fromServer(V5, withProperties)).isEqualTo(full);
        assertThat(encode(full, V5)).isEqualTo(hex(withProperties));
        assertThat(encode(full, V3_1_1)).as("older versions only acknowledge").isEqualTo(hex(bare));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40", "50", "62", "70"})
    void refusesWhatIsNoAck(String first) {
        assertThat(refusalFromClient(V5, first + "00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V5, first + "01 01")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V5, first + "02 00 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V3_1_1, first + "02 00 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V3_1_1, first + "03 00 01 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V5, first + "03 00 01 ff")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V5, first + "03 00 01 81")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V5, first + "04 00 01 00 01")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V5, first + "05 00 01 00 00 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void distinguishesTheReasonsOfTheTwoPairs() {
        assertThat(refusalFromClient(V5, "40 03 00 01 92")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V5, "62 03 00 01 10")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void leavesOutUserPropertiesAndThenTheReasonStringToFit() {
        PubAck full = new PubAck(1, ReasonCode.QUOTA_EXCEEDED, "full", PAIR);
        String all = hex("40 12 00 01 97 0e 1f \"full\" 26 \"k\" \"v\"");
        String withReasonString = hex("40 0b 00 01 97 07 1f \"full\"");
        String bare = hex("40 03 00 01 97");
        assertThat(encode(full, V5, 20)).isEqualTo(all);
        assertThat(encode(full, V5, 19)).isEqualTo(withReasonString);
        assertThat(encode(full, V5, 13)).isEqualTo(withReasonString);
        assertThat(encode(full, V5, 12)).isEqualTo(bare);
        assertThat(encode(full, V5, 5)).isEqualTo(bare);
        assertThat(PacketEncoder.encode(full, V5, 4, Unpooled.buffer())).isFalse();
        PubAck success = new PubAck(1, ReasonCode.SUCCESS, "fine", PAIR);
        assertThat(encode(success, V5, 4)).isEqualTo(hex("40 02 00 01"));
    }

    @Test
    void leavesOutWhatIsTooLongForTheWire() {
        String tooLong = "x".repeat(65_536);
        PubAck reasonString = new PubAck(1, ReasonCode.QUOTA_EXCEEDED, tooLong, List.of());
        assertThat(encode(reasonString, V5)).isEqualTo(hex("40 03 00 01 97"));
        PubAck pair = new PubAck(1, ReasonCode.QUOTA_EXCEEDED, "r", List.of(new UserProperty("k", tooLong)));
        assertThat(encode(pair, V5)).isEqualTo(hex("40 08 00 01 97 04 1f \"r\""));
    }

    @Test
    void sendsFailuresThatThePacketCannotCarryAsTheNearest() {
        PubAck banned = new PubAck(1, ReasonCode.BANNED, null, List.of());
        assertThat(encode(banned, V5)).isEqualTo(hex("40 03 00 01 80"));
        PubComp failed = new PubComp(1, ReasonCode.UNSPECIFIED_ERROR, null, List.of());
        assertThat(encode(failed, V5)).isEqualTo(hex("70 03 00 01 92"));
    }

    @Test
    void refusesToWriteASuccessThatIsNone() {
        PubAck nonsense = new PubAck(1, ReasonCode.GRANTED_QOS_1, null, List.of());
        assertThatThrownBy(() -> encode(nonsense, V5)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void refusesToWriteOtherPacketIdentifiers(int packetId) {
        assertThatThrownBy(() -> encode(new PubAck(packetId), V5)).isInstanceOf(IllegalArgumentException.class);
    }
}
