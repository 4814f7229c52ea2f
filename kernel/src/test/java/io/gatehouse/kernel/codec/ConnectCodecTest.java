package io.gatehouse.kernel.codec;

import static io.gatehouse.kernel.codec.Wire.encode;
import static io.gatehouse.kernel.codec.Wire.fromClient;
import static io.gatehouse.kernel.codec.Wire.hex;
import static io.gatehouse.kernel.codec.Wire.refusalFromClient;
import static io.gatehouse.sdk.mqtt.MqttVersion.V3_1;
import static io.gatehouse.sdk.mqtt.MqttVersion.V3_1_1;
import static io.gatehouse.sdk.mqtt.MqttVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.mqtt.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectCodecTest {
    private static final String EVERYTHING_V5 = """
            10 89 01            # CONNECT, 137 bytes follow
            "MQTT" 05           # protocol name, version
            f6                  # user name, password, will retain, will QoS 2, will, clean start
            00 3c               # keep alive 60 s
            31                  # 49 bytes of properties
            11 00 00 0e 10      #   session expiry interval 3600
            21 00 0a            #   receive maximum 10
            27 00 00 10 00      #   maximum packet size 4096
            22 00 05            #   topic alias maximum 5
            19 01               #   request response information
            17 00               #   no problem information
            26 "k" "v"          #   user property
            15 "SCRAM-SHA-256"  #   authentication method
            16 00 03 01 02 03   #   authentication data
            "c1"                # client identifier
            29                  # 41 bytes of will properties
            18 00 00 00 1e      #   will delay interval 30
            01 01               #   payload format indicator
            02 00 00 00 3c      #   message expiry interval 60
            03 "text/plain"     #   content type
            08 "re"             #   response topic
            09 00 01 ff         #   correlation data
            26 "a" "b"          #   user property
            "will/topic"        # will topic
            00 03 'bye'         # will payload
            "user"              # user name
            00 06 'secret'      # password
            """;

    private static Connect everythingV5() {
        ConnectProperties properties = new ConnectProperties(
                3600,
                10,
                4096,
                5,
                true,
                false,
                List.of(new UserProperty("k", "v")),
                "SCRAM-SHA-256",
                Payload.copyOf(new byte[] {1, 2, 3}));
        MessageProperties willProperties = new MessageProperties(
                true,
                60,
                "text/plain",
                "re",
                Payload.copyOf(new byte[] {(byte) 0xff}),
                List.of(new UserProperty("a", "b")));
        Message will = new Message("will/topic", Payload.ofUtf8("bye"), Qos.EXACTLY_ONCE, true, willProperties);
        return new Connect(V5, true, 60, "c1", "user", Secret.ofUtf8("secret"), new Will(will, 30), properties);
    }

    @Test
    void readsEveryFieldOfVersion5() throws MalformedPacket {
        assertThat(fromClient(V3_1_1, EVERYTHING_V5)).isEqualTo(everythingV5());
    }

    @Test
    void writesEveryFieldOfVersion5() {
        assertThat(encode(everythingV5(), V5)).isEqualTo(hex(EVERYTHING_V5));
    }

    @Test
    void readsAndWritesVersion311() throws MalformedPacket {
        String bytes = """
                10 19         # CONNECT, 25 bytes follow
                "MQTT" 04     # protocol name, version
                cc            # user name, password, will QoS 1, will
                ff ff         # keep alive
                "c"           # client identifier
                "w"           # will topic
                00 01 'p'     # will payload
                "u"           # user name
                00 01 'x'     # password
                """;
        Message will = Message.of("w", Payload.ofUtf8("p")).withQos(Qos.AT_LEAST_ONCE);
        Connect connect = new Connect(
                V3_1_1, false, 65_535, "c", "u", Secret.ofUtf8("x"), new Will(will, 0), ConnectProperties.DEFAULTS);
        assertThat(fromClient(V3_1_1, bytes)).isEqualTo(connect);
        assertThat(encode(connect, V3_1_1)).isEqualTo(hex(bytes));
    }

    @Test
    void readsAndWritesVersion31() throws MalformedPacket {
        String bytes = """
                10 0f         # CONNECT, 15 bytes follow
                "MQIsdp" 03   # protocol name, version
                02            # clean session
                00 00         # no keep alive
                "c"           # client identifier
                """;
        Connect connect = new Connect(V3_1, true, 0, "c", null, null, null, ConnectProperties.DEFAULTS);
        assertThat(fromClient(V3_1_1, bytes)).isEqualTo(connect);
        assertThat(encode(connect, V3_1)).isEqualTo(hex(bytes));
    }

    @Test
    void remembersTheVersionEvenWhenTheRestIsRefused() {
        PacketDecoder decoder = new PacketDecoder(Wire.UNLIMITED);
        byte[] reservedFlag = HexText.bytes("10 0d \"MQTT\" 05 01 00 00 00 \"\"");
        assertThat(decoder.version()).isEqualTo(V3_1_1);
        assertThatThrownBy(() -> decoder.decode(Unpooled.wrappedBuffer(reservedFlag)))
                .isInstanceOf(MalformedPacket.class);
        assertThat(decoder.version()).isEqualTo(V5);
    }

    @Test
    void refusesASecondConnect() throws MalformedPacket {
        PacketDecoder decoder = new PacketDecoder(Wire.UNLIMITED);
        byte[] connect = HexText.bytes("10 0d \"MQTT\" 05 02 00 00 00 \"\"");
        Wire.decode(decoder, connect);
        byte[] older = HexText.bytes("10 0c \"MQTT\" 04 02 00 00 \"\"");
        assertThatThrownBy(() -> decoder.decode(Unpooled.wrappedBuffer(older)))
                .isInstanceOfSatisfying(
                        MalformedPacket.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ReasonCode.PROTOCOL_ERROR));
        assertThat(decoder.version()).isEqualTo(V5);
    }

    @ParameterizedTest
    @CsvSource({
        "MQTT, 03", // the name of 3.1.1 with the level of 3.1
        "MQTT, 06", // a version to come
        "MQTT, 00",
        "MQTT, 84", // 3.1.1 with the private bridge bit
        "MQIsdp, 04", // the name of 3.1 with the level of 3.1.1
        "MQIsdp, 05",
        "mqtt, 04",
        "HTTP, 05",
        "'', 04",
    })
    void refusesOtherProtocolNamesAndVersions(String name, String level) {
        String body = "\"" + name + "\" " + level + " 02 00 00 00 \"c\"";
        assertThat(refusalFromClient(V3_1_1, packet(body))).isEqualTo(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION);
    }

    /** But for the flags each packet is whole: with the payload that a reader would expect who let the flags pass. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "01", // reserved flag
                "08", // will QoS without will
                "10",
                "18",
                "20", // will retain without will
                "1c" // will QoS 3
            })
    void refusesContradictoryFlags(String flags) {
        boolean will = flags.equals("1c");
        String payload = "\"c\"" + (will ? "\"w\" \"p\"" : "");
        String payloadV5 = "00 \"c\"" + (will ? "00 \"w\" \"p\"" : "");
        assertThat(refusalFromClient(V3_1_1, packet("\"MQIsdp\" 03" + flags + "00 00" + payload)))
                .isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V3_1_1, packet("\"MQTT\" 04" + flags + "00 00" + payload)))
                .isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V3_1_1, packet("\"MQTT\" 05" + flags + "00 00" + payloadV5)))
                .isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void refusesAPasswordWithoutUserNameBeforeVersion5() {
        assertThat(refusalFromClient(V3_1_1, packet("\"MQIsdp\" 03 42 00 00 \"c\" \"pw\"")))
                .isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V3_1_1, packet("\"MQTT\" 04 42 00 00 \"c\" \"pw\"")))
                .isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void acceptsAPasswordWithoutUserNameInVersion5() throws MalformedPacket {
        Connect connect = (Connect) fromClient(V3_1_1, packet("\"MQTT\" 05 42 00 00 00 \"c\" \"pw\""));
        assertThat(connect.username()).isNull();
        assertThat(connect.password()).isEqualTo(Secret.ofUtf8("pw"));
    }

    @Test
    void refusesToWriteAPasswordWithoutUserNameBeforeVersion5() {
        Connect connect = new Connect(V3_1_1, true, 0, "c", null, Secret.ofUtf8("x"), null, ConnectProperties.DEFAULTS);
        assertThatThrownBy(() -> encode(connect, V3_1_1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void distinguishesAnEmptyPasswordFromNone() throws MalformedPacket {
        Connect connect = (Connect) fromClient(V3_1_1, packet("\"MQTT\" 04 c2 00 00 \"c\" \"u\" \"\""));
        assertThat(connect.password()).isEqualTo(Secret.ofUtf8(""));
    }

    @Test
    void toleratesAMissingUserNameInVersion31Only() throws MalformedPacket {
        Connect without = (Connect) fromClient(V3_1_1, packet("\"MQIsdp\" 03 c2 00 00 \"c\""));
        assertThat(without.username()).isNull();
        assertThat(without.password()).isNull();
        Connect withUser = (Connect) fromClient(V3_1_1, packet("\"MQIsdp\" 03 c2 00 00 \"c\" \"u\""));
        assertThat(withUser.username()).isEqualTo("u");
        assertThat(withUser.password()).isNull();
        assertThat(refusalFromClient(V3_1_1, packet("\"MQTT\" 04 c2 00 00 \"c\"")))
                .isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V3_1_1, packet("\"MQTT\" 05 c2 00 00 00 \"c\" \"u\"")))
                .isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"MQIsdp\" 03 00 00 00 \"\"",
                "\"MQIsdp\" 03 02 00 00 \"\"",
                "\"MQTT\" 04 00 00 00 \"\"" // allowed with a clean session only
            })
    void refusesAnEmptyClientIdentifier(String body) {
        assertThat(refusalFromClient(V3_1_1, packet(body))).isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"MQTT\" 04 02 00 00 \"\"",
                "\"MQTT\" 05 00 00 00 00 \"\"",
                "\"MQTT\" 05 02 00 00 00 \"\"",
                "\"MQIsdp\" 03 02 00 00 \"longer than the twenty-three characters of MQTT 3.1\""
            })
    void acceptsTheseClientIdentifiers(String body) throws MalformedPacket {
        assertThat(fromClient(V3_1_1, packet(body))).isInstanceOf(Connect.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "a/+/b", "a#"})
    void refusesAWillTopicThatIsNoTopicName(String topic) {
        String v311 = "\"MQTT\" 04 06 00 00 \"c\" \"" + topic + "\" \"p\"";
        String v5 = "\"MQTT\" 05 06 00 00 00 \"c\" 00 \"" + topic + "\" \"p\"";
        assertThat(refusalFromClient(V3_1_1, packet(v311))).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
        assertThat(refusalFromClient(V3_1_1, packet(v5))).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }

    @Test
    void refusesAuthenticationDataWithoutMethod() {
        String body = "\"MQTT\" 05 02 00 00 04 16 00 01 ff \"c\"";
        assertThat(refusalFromClient(V3_1_1, packet(body))).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void takesALimitBeyondTheLargestPacketForNone() throws MalformedPacket {
        Connect connect = (Connect) fromClient(V3_1_1, packet("\"MQTT\" 05 02 00 00 05 27 ff ff ff ff \"c\""));
        assertThat(connect.properties().maximumPacketSize()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"MQTT\"", // ends before the version
                "\"MQTT\" 04", // before the flags
                "\"MQTT\" 04 02 00", // within the keep alive
                "\"MQTT\" 05 02 00 00", // before the properties
                "\"MQTT\" 04 02 00 00", // before the client identifier
                "\"MQTT\" 04 02 00 00 00 05 'abcd'", // within it
                "\"MQTT\" 04 06 00 00 \"c\" \"w\"", // before the will payload
                "\"MQTT\" 04 06 00 00 \"c\" \"w\" 00 09 'p'", // within it
                "\"MQTT\" 04 02 00 00 \"c\" 00", // a byte too many
                "ff ff 'MQTT' 04 02 00 00 \"c\"" // a name beyond the packet
            })
    void refusesLengthsThatDoNotAddUp(String body) {
        assertThat(refusalFromClient(V3_1_1, packet(body))).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void writesNothingOfWhatTheWireCannotHold() {
        Connect keepAlive = new Connect(V3_1_1, true, 65_536, "c", null, null, null, ConnectProperties.DEFAULTS);
        Secret tooLong = Secret.copyOf(new byte[65_536]);
        Connect password = new Connect(V3_1_1, true, 0, "c", "u", tooLong, null, ConnectProperties.DEFAULTS);
        for (Connect connect : List.of(keepAlive, password)) {
            ByteBuf out = Unpooled.buffer();
            assertThatThrownBy(() -> PacketEncoder.encode(connect, V3_1_1, Wire.UNLIMITED, out))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("65,535");
            assertThat(out.readableBytes()).isZero();
        }
    }

    @Test
    void neverShowsThePassword() throws MalformedPacket {
        Packet packet = fromClient(V3_1_1, EVERYTHING_V5);
        assertThat(packet.toString()).doesNotContain("secret");
    }

    private static String packet(String body) {
        return "10 %02x ".formatted(HexText.bytes(body).length) + body;
    }
}
