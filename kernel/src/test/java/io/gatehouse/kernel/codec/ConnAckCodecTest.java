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

import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.ConnAckProperties;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConnAckCodecTest {
    private static final ConnAckProperties ALL = new ConnAckProperties(
            7L,
            20,
            Qos.AT_LEAST_ONCE,
            false,
            1_024,
            "id",
            9,
            "why",
            List.of(new UserProperty("k", "v")),
            false,
            false,
            false,
            30,
            "ri",
            "sr",
            "am",
            Payload.copyOf(new byte[] {1}));

    private static final String ALL_BYTES = """
            20 45              # CONNACK, 69 bytes follow
            01 00              # session present, success
            42                 # 66 bytes of properties
            11 00 00 00 07     #   session expiry interval
            21 00 14           #   receive maximum
            24 01              #   maximum QoS
            25 00              #   retain not available
            27 00 00 04 00     #   maximum packet size
            12 "id"            #   assigned client identifier
            22 00 09           #   topic alias maximum
            28 00              #   no wildcard subscriptions
            29 00              #   no subscription identifiers
            2a 00              #   no shared subscriptions
            13 00 1e           #   server keep alive
            1a "ri"            #   response information
            1c "sr"            #   server reference
            15 "am"            #   authentication method
            16 00 01 01        #   authentication data
            1f "why"           #   reason string
            26 "k" "v"         #   user property
            """;

    @Test
    void readsAndWritesEveryPropertyOfVersion5() throws MalformedPacket {
        ConnAck connAck = new ConnAck(true, ReasonCode.SUCCESS, ALL);
        assertThat(encode(connAck, V5)).isEqualTo(hex(ALL_BYTES));
        assertThat(fromServer(V5, ALL_BYTES)).isEqualTo(connAck);
    }

    @Test
    void writesNoPropertyThatIsTakenForGranted() throws MalformedPacket {
        ConnAck connAck = new ConnAck(false, ReasonCode.SUCCESS, ConnAckProperties.NONE);
        assertThat(encode(connAck, V5)).isEqualTo(hex("20 03 00 00 00"));
        assertThat(fromServer(V5, "20 03 00 00 00")).isEqualTo(connAck);
    }

    @Test
    void writesFlagAndCodeOnlyToOlderVersions() throws MalformedPacket {
        ConnAck resumed = new ConnAck(true, ReasonCode.SUCCESS, ALL);
        assertThat(encode(resumed, V3_1_1)).isEqualTo("20 02 01 00");
        assertThat(encode(resumed, V3_1)).as("3.1 has no flag").isEqualTo("20 02 00 00");
        assertThat(fromServer(V3_1_1, "20 02 01 00"))
                .isEqualTo(new ConnAck(true, ReasonCode.SUCCESS, ConnAckProperties.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, 0",
        "UNSUPPORTED_PROTOCOL_VERSION, 1",
        "CLIENT_IDENTIFIER_NOT_VALID, 2",
        "SERVER_UNAVAILABLE, 3",
        "SERVER_BUSY, 3",
        "QUOTA_EXCEEDED, 3",
        "CONNECTION_RATE_EXCEEDED, 3",
        "UNSPECIFIED_ERROR, 3",
        "BAD_USER_NAME_OR_PASSWORD, 4",
        "NOT_AUTHORIZED, 5",
        "BANNED, 5",
        "BAD_AUTHENTICATION_METHOD, 5",
    })
    void mapsReasonsToReturnCodes(ReasonCode reason, int code) {
        ConnAck connAck = new ConnAck(false, reason, ConnAckProperties.NONE);
        assertThat(encode(connAck, V3_1_1)).isEqualTo("20 02 00 0" + code);
        assertThat(encode(connAck, V3_1)).isEqualTo("20 02 00 0" + code);
    }

    @ParameterizedTest
    @EnumSource(ReasonCode.class)
    void tellsEveryFailureAsAFailure(ReasonCode reason) {
        if (reason.isFailure()) {
            ConnAck connAck = new ConnAck(true, reason, ConnAckProperties.NONE);
            assertThat(encode(connAck, V3_1_1)).startsWith("20 02 00 0").doesNotEndWith("00");
            assertThat(HexText.bytes(encode(connAck, V5))[3]).isNegative();
        } else if (reason != ReasonCode.SUCCESS) {
            ConnAck connAck = new ConnAck(true, reason, ConnAckProperties.NONE);
            assertThatThrownBy(() -> encode(connAck, V3_1_1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> encode(connAck, V5)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, SUCCESS",
        "1, UNSUPPORTED_PROTOCOL_VERSION",
        "2, CLIENT_IDENTIFIER_NOT_VALID",
        "3, SERVER_UNAVAILABLE",
        "4, BAD_USER_NAME_OR_PASSWORD",
        "5, NOT_AUTHORIZED",
    })
    void readsReturnCodes(int code, ReasonCode reason) throws MalformedPacket {
        assertThat(fromServer(V3_1_1, "20 02 00 0" + code))
                .isEqualTo(new ConnAck(false, reason, ConnAckProperties.NONE));
    }

    @Test
    void refusesReservedFlagsAndCodes() {
        assertThat(refusalFromServer(V5, "20 03 02 00 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromServer(V3_1_1, "20 02 80 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromServer(V3_1, "20 02 01 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromServer(V3_1_1, "20 02 00 06")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromServer(V5, "20 03 00 05 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromServer(V5, "20 03 00 8b 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromServer(V5, "20 02 00 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromServer(V3_1_1, "20 03 00 00 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void refusesASessionOfARefusedConnection() {
        assertThat(refusalFromServer(V5, "20 03 01 87 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromServer(V3_1_1, "20 02 01 05")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void leavesOutDiagnosticsButNothingElseToFit() {
        ConnAck connAck = new ConnAck(true, ReasonCode.SUCCESS, ALL);
        assertThat(HexText.bytes(encode(connAck, V5, 71))).hasSize(71);
        assertThat(HexText.bytes(encode(connAck, V5, 70))).hasSize(64);
        assertThat(HexText.bytes(encode(connAck, V5, 63))).hasSize(58);
        assertThat(PacketEncoder.encode(connAck, V5, 57, Unpooled.buffer())).isFalse();
    }
}
