package io.gatehouse.kernel.codec;

import static io.gatehouse.kernel.codec.Wire.encode;
import static io.gatehouse.kernel.codec.Wire.fromServer;
import static io.gatehouse.kernel.codec.Wire.hex;
import static io.gatehouse.kernel.codec.Wire.refusalFromServer;
import static io.gatehouse.sdk.mqtt.MqttVersion.V3_1;
import static io.gatehouse.sdk.mqtt.MqttVersion.V3_1_1;
import static io.gatehouse.sdk.mqtt.MqttVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.UnsubAck;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SUBACK and UNSUBACK. */
class SubAckCodecTest {
    private static final List<UserProperty> PAIR = List.of(new UserProperty("k", "v"));
    private static final List<ReasonCode> GRANTED =
            List.of(ReasonCode.SUCCESS, ReasonCode.GRANTED_QOS_1, ReasonCode.GRANTED_QOS_2);

    @Test
    void readsAndWritesSubAckOfVersion5() throws MalformedPacket {
        SubAck subAck = new SubAck(1, List.of(ReasonCode.GRANTED_QOS_2, ReasonCode.NOT_AUTHORIZED), "r", PAIR);
        String bytes = """
                90 10             # SUBACK
                00 01             # packet identifier
                0b                # 11 bytes of properties
                1f "r"            #   reason string
                26 "k" "v"        #   user property
                02 87             # granted QoS 2, not authorized
                """;
        assertThat(encode(subAck, V5)).isEqualTo(hex(bytes));
        assertThat(fromServer(V5, bytes)).isEqualTo(subAck);
    }

    @Test
    void writesEveryFailureToOlderVersionsAs80() throws MalformedPacket {
        SubAck denied = new SubAck(1, List.of(ReasonCode.GRANTED_QOS_1, ReasonCode.NOT_AUTHORIZED), "r", PAIR);
        assertThat(encode(denied, V3_1_1)).isEqualTo(hex("90 04 00 01 01 80"));
        assertThat(encode(denied, V3_1)).isEqualTo(hex("90 04 00 01 01 80"));
        assertThat(fromServer(V3_1_1, "90 05 00 01 00 01 02")).isEqualTo(new SubAck(1, GRANTED, null, List.of()));
        assertThat(fromServer(V3_1, "90 03 00 01 80"))
                .isEqualTo(new SubAck(1, List.of(ReasonCode.UNSPECIFIED_ERROR), null, List.of()));
    }

    @Test
    void readsAndWritesUnsubAck() throws MalformedPacket {
        UnsubAck unsubAck = new UnsubAck(1, List.of(ReasonCode.SUCCESS, ReasonCode.NO_SUBSCRIPTION_EXISTED), "r", PAIR);
        String bytes = "b0 10 00 01 0b 1f \"r\" 26 \"k\" \"v\" 00 11";
        assertThat(encode(unsubAck, V5)).isEqualTo(hex(bytes));
        assertThat(fromServer(V5, bytes)).isEqualTo(unsubAck);
        assertThat(encode(unsubAck, V3_1_1))
                .as("older versions have no reasons")
                .isEqualTo("b0 02 00 01");
        assertThat(fromServer(V3_1_1, "b0 02 00 01")).isEqualTo(new UnsubAck(1, List.of(), null, List.of()));
    }

    @Test
    void leavesOutDiagnosticsToFit() {
        SubAck subAck = new SubAck(1, GRANTED, "r", PAIR);
        assertThat(encode(subAck, V5, 18)).isEqualTo(hex("90 0a 00 01 04 1f \"r\" 00 01 02"));
        assertThat(encode(subAck, V5, 11)).isEqualTo(hex("90 06 00 01 00 00 01 02"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"90 04 00 01 00 03", "90 04 00 01 00 7f", "b0 04 00 01 00 01 00"})
    void refusesUnknownReasonsAndLeftovers(String packet) {
        assertThat(refusalFromServer(V5, packet)).isIn(ReasonCode.MALFORMED_PACKET, ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void refusesReasonsThatDoNotBelong() {
        assertThat(refusalFromServer(V5, "90 04 00 01 00 11")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromServer(V5, "b0 04 00 01 00 01")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromServer(V3_1_1, "90 03 00 01 87")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromServer(V3_1_1, "b0 03 00 01 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void refusesAnswersWithoutReason() {
        assertThat(refusalFromServer(V5, "90 03 00 01 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromServer(V3_1_1, "90 02 00 01")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromServer(V5, "b0 03 00 01 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void sendsFailuresThatThePacketCannotCarryAsUnspecified() {
        assertThat(encode(new SubAck(1, List.of(ReasonCode.BANNED), null, List.of()), V5))
                .isEqualTo(hex("90 04 00 01 00 80"));
        SubAck nonsense = new SubAck(1, List.of(ReasonCode.NO_SUBSCRIPTION_EXISTED), null, List.of());
        assertThatThrownBy(() -> encode(nonsense, V5)).isInstanceOf(IllegalArgumentException.class);
    }
}
