package io.gatehouse.kernel.codec;

import static io.gatehouse.kernel.codec.Wire.encode;
import static io.gatehouse.kernel.codec.Wire.fromClient;
import static io.gatehouse.kernel.codec.Wire.fromServer;
import static io.gatehouse.kernel.codec.Wire.hex;
import static io.gatehouse.kernel.codec.Wire.refusalFromClient;
import static io.gatehouse.kernel.codec.Wire.refusalFromServer;
import static io.gatehouse.sdk.mqtt.MqttVersion.V3_1;
import static io.gatehouse.sdk.mqtt.MqttVersion.V3_1_1;
import static io.gatehouse.sdk.mqtt.MqttVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.kernel.packet.Auth;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DisconnectAndAuthCodecTest {
    private static final List<UserProperty> PAIR = List.of(new UserProperty("k", "v"));

    @Test
    void readsAndWritesDisconnectOfEveryLength() throws MalformedPacket {
        Disconnect normal = new Disconnect(ReasonCode.SUCCESS);
        Disconnect withWill = new Disconnect(ReasonCode.DISCONNECT_WITH_WILL);
        assertThat(fromClient(V5, "e0 00")).isEqualTo(normal);
        assertThat(fromClient(V5, "e0 01 00")).isEqualTo(normal);
        assertThat(fromClient(V5, "e0 02 04 00")).isEqualTo(withWill);
        assertThat(encode(normal, V5)).isEqualTo("e0 00");
        assertThat(encode(withWill, V5)).isEqualTo("e0 01 04");
    }

    @Test
    void readsAndWritesEveryPropertyOfDisconnect() throws MalformedPacket {
        Disconnect fromClient = new Disconnect(ReasonCode.SUCCESS, 9L, "r", null, PAIR);
        String clientBytes = "e0 12 00 10 11 00 00 00 09 1f \"r\" 26 \"k\" \"v\"";
        assertThat(encode(fromClient, V5)).isEqualTo(hex(clientBytes));
        assertThat(fromClient(V5, clientBytes)).isEqualTo(fromClient);
        Disconnect fromServer = new Disconnect(ReasonCode.SERVER_MOVED, null, null, "s", List.of());
        assertThat(encode(fromServer, V5)).isEqualTo(hex("e0 06 9d 04 1c \"s\""));
        assertThat(fromServer(V5, "e0 06 9d 04 1c \"s\"")).isEqualTo(fromServer);
    }

    @Test
    void readsAndWritesTheGoodbyeOfOlderClients() throws MalformedPacket {
        Disconnect normal = new Disconnect(ReasonCode.SUCCESS);
        assertThat(fromClient(V3_1_1, "e0 00")).isEqualTo(normal);
        assertThat(fromClient(V3_1, "e0 00")).isEqualTo(normal);
        assertThat(encode(normal, V3_1_1)).isEqualTo("e0 00");
        assertThat(refusalFromClient(V3_1_1, "e0 01 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void refusesToTellOlderVersionsAReason() {
        assertThatThrownBy(() -> encode(new Disconnect(ReasonCode.SESSION_TAKEN_OVER), V3_1_1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encode(new Disconnect(ReasonCode.SUCCESS, null, "r", null, List.of()), V3_1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesReasonsOfTheOtherSide() throws MalformedPacket {
        assertThat(refusalFromClient(V5, "e0 01 8e")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromServer(V5, "e0 01 04")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V5, "e0 01 01")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V5, "e0 01 02")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V5, "e0 01 03")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(fromServer(V5, "e0 01 8e")).isEqualTo(new Disconnect(ReasonCode.SESSION_TAKEN_OVER));
    }

    @Test
    void refusesASessionExpiryFromAServer() {
        assertThat(refusalFromServer(V5, "e0 07 8b 05 11 00 00 00 01")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void refusesLeftovers() {
        assertThat(refusalFromClient(V5, "e0 03 00 00 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V5, "e0 02 00 01")).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void leavesOutDiagnosticsOfDisconnectToFit() {
        Disconnect disconnect = new Disconnect(ReasonCode.QUOTA_EXCEEDED, null, "r", null, PAIR);
        assertThat(encode(disconnect, V5, 14)).isEqualTo(hex("e0 06 97 04 1f \"r\""));
        assertThat(encode(disconnect, V5, 7)).isEqualTo("e0 01 97");
    }

    @ParameterizedTest
    @EnumSource(ReasonCode.class)
    void writesEveryFailureAsADisconnectThatClientsMayReceive(ReasonCode reason) throws MalformedPacket {
        if (reason.isFailure()) {
            Disconnect received = (Disconnect) fromServer(V5, encode(new Disconnect(reason), V5));
            assertThat(received.reason()).isIn(reason, ReasonCode.UNSPECIFIED_ERROR);
        }
    }

    @Test
    void readsAndWritesAuth() throws MalformedPacket {
        Auth step = new Auth(ReasonCode.CONTINUE_AUTHENTICATION, "m", Payload.copyOf(new byte[] {1, 2}), "r", PAIR);
        String bytes = """
                f0 16             # AUTH
                18 14             # continue, 20 bytes of properties
                15 "m"            #   authentication method
                16 00 02 01 02    #   authentication data
                1f "r"            #   reason string
                26 "k" "v"        #   user property
                """;
        assertThat(encode(step, V5)).isEqualTo(hex(bytes));
        assertThat(fromClient(V5, bytes)).isEqualTo(step);
        assertThat(fromServer(V5, bytes)).isEqualTo(step);
    }

    @Test
    void readsAndWritesAnEmptyAuthAsSuccessFromTheServer() throws MalformedPacket {
        Auth success = new Auth(ReasonCode.SUCCESS, null, null, null, List.of());
        assertThat(fromServer(V5, "f0 00")).isEqualTo(success);
        assertThat(encode(success, V5)).isEqualTo("f0 00");
        assertThat(refusalFromClient(V5, "f0 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void refusesAuthReasonsOfTheOtherSide() {
        assertThat(refusalFromClient(V5, "f0 06 00 04 15 \"m\"")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromServer(V5, "f0 06 19 04 15 \"m\"")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromServer(V5, "f0 06 87 04 15 \"m\"")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void refusesAuthWithoutMethodOrProperties() {
        assertThat(refusalFromClient(V5, "f0 02 18 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V5, "f0 06 18 04 16 00 01 ff")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V5, "f0 01 18")).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void refusesToWriteAuthThatCannotBe() {
        Auth step = new Auth(ReasonCode.CONTINUE_AUTHENTICATION, "m", null, null, List.of());
        assertThatThrownBy(() -> encode(step, V3_1_1)).isInstanceOf(IllegalArgumentException.class);
        Auth failure = new Auth(ReasonCode.NOT_AUTHORIZED, "m", null, null, List.of());
        assertThatThrownBy(() -> encode(failure, V5)).isInstanceOf(IllegalArgumentException.class);
    }
}
