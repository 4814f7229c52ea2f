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

import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishCodecTest {
    private static final MessageProperties ALL = new MessageProperties(
            true,
            60,
            "t",
            "r/t",
            Payload.copyOf(new byte[] {7}),
            List.of(new UserProperty("k", "v"), new UserProperty("k", "w")));

    @ParameterizedTest
    @EnumSource(
            value = MqttVersion.class,
            names = {"V3_1", "V3_1_1"})
    void readsAndWritesOlderVersions(MqttVersion version) throws MalformedPacket {
        String bytes = """
                3b 09       # PUBLISH, DUP, QoS 1, retain
                "a/b"       # topic name
                00 0a       # packet identifier
                'hi'        # payload
                """;
        Message message = new Message("a/b", Payload.ofUtf8("hi"), Qos.AT_LEAST_ONCE, true, MessageProperties.NONE);
        Publish publish = new Publish(message, true, 10, 0, List.of());
        assertThat(fromClient(version, bytes)).isEqualTo(publish);
        assertThat(fromServer(version, bytes)).isEqualTo(publish);
        assertThat(encode(publish, version)).isEqualTo(hex(bytes));
    }

    @Test
    void readsAndWritesEveryPropertyOfVersion5() throws MalformedPacket {
        String bytes = """
                34 32             # PUBLISH, QoS 2
                "a"               # topic name
                ff ff             # packet identifier
                2b                # 43 bytes of properties
                23 00 03          #   topic alias 3
                01 01             #   payload format indicator
                02 00 00 00 3c    #   message expiry interval 60
                03 "t"            #   content type
                08 "r/t"          #   response topic
                09 00 01 07       #   correlation data
                26 "k" "v"        #   user properties
                26 "k" "w"
                0b 01             #   subscription identifiers, from the server only
                0b 80 01
                'p'               # payload
                """;
        Message message = new Message("a", Payload.ofUtf8("p"), Qos.EXACTLY_ONCE, false, ALL);
        Publish publish = new Publish(message, false, 65_535, 3, List.of(1, 128));
        assertThat(encode(publish, V5)).isEqualTo(hex(bytes));
        assertThat(fromServer(V5, bytes)).isEqualTo(publish);
    }

    @Test
    void readsAnEmptyPayloadWithoutPropertiesAsSharedConstants() throws MalformedPacket {
        Publish publish = (Publish) fromClient(V5, "30 04 \"a\" 00");
        assertThat(publish.message().payload()).isSameAs(Payload.EMPTY);
        assertThat(publish.message().properties()).isSameAs(MessageProperties.NONE);
        Publish aliased = (Publish) fromClient(V5, "30 07 \"a\" 03 23 00 01");
        assertThat(aliased.message().properties()).isSameAs(MessageProperties.NONE);
    }

    @Test
    void leavesThePayloadUnjudged() throws MalformedPacket {
        Publish publish = (Publish) fromClient(V5, "30 08 \"a\" 02 01 01 ff fe");
        assertThat(publish.message().payload().toByteArray()).containsExactly(0xff, 0xfe);
    }

    @Test
    void dropsWhatOlderVersionsCannotSay() {
        Message message = new Message("a", Payload.ofUtf8("p"), Qos.AT_MOST_ONCE, false, ALL);
        assertThat(encode(new Publish(message, false, 0, 3, List.of(1)), V3_1_1))
                .isEqualTo(hex("30 04 \"a\" 'p'"));
    }

    @Test
    void acceptsAnEmptyTopicWithAnAliasInVersion5() throws MalformedPacket {
        Publish publish = (Publish) fromClient(V5, "30 06 \"\" 03 23 ff ff");
        assertThat(publish.message().topic()).isEmpty();
        assertThat(publish.topicAlias()).isEqualTo(65_535);
        assertThat(encode(publish, V5)).isEqualTo(hex("30 06 \"\" 03 23 ff ff"));
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void refusesQos3AndDupWithQos0(MqttVersion version) {
        assertThat(refusalFromClient(version, "36 06 \"a\" 00 01 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(version, "38 04 \"a\" 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromServer(version, "38 04 \"a\" 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void refusesPacketIdentifier0(MqttVersion version) {
        assertThat(refusalFromClient(version, "32 06 \"a\" 00 00 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(version, "34 06 \"a\" 00 00 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "#", "a/+", "a/#", "a#b"})
    void refusesWildcardsInATopicName(String topic) {
        String body = "\"" + topic + "\" 00";
        String packet = "30 %02x ".formatted(HexText.bytes(body).length) + body;
        assertThat(refusalFromClient(V3_1, packet)).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
        assertThat(refusalFromClient(V3_1_1, packet)).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
        assertThat(refusalFromClient(V5, packet)).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }

    @Test
    void refusesNulInATopicName() {
        assertThat(refusalFromClient(V5, "30 06 00 03 'a' 00 'b' 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void refusesAnEmptyTopicNameWithoutAlias() {
        assertThat(refusalFromClient(V3_1_1, "30 03 \"\" 'p'")).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
        assertThat(refusalFromClient(V5, "30 03 \"\" 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void refusesTopicAlias0() {
        assertThat(refusalFromClient(V5, "30 07 \"a\" 03 23 00 00")).isEqualTo(ReasonCode.TOPIC_ALIAS_INVALID);
    }

    @Test
    void refusesSubscriptionIdentifiersFromAClient() {
        assertThat(refusalFromClient(V5, "30 06 \"a\" 02 0b 01")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "a/#"})
    void refusesAResponseTopicThatIsNoTopicName(String responseTopic) {
        String properties = "08 \"" + responseTopic + "\"";
        int length = HexText.bytes(properties).length;
        String packet = "30 %02x \"a\" %02x ".formatted(4 + length, length) + properties;
        assertThat(refusalFromClient(V5, packet)).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30 00", // no topic
                "30 03 00 02 'a'", // a topic beyond the packet
                "32 04 \"a\" 00", // half a packet identifier
                "32 05 \"a\" 00 01", // no property length
                "30 04 \"a\" 05", // properties beyond the packet
                "30 07 \"a\" 02 23 00 01" // a property beyond its section
            })
    void refusesLengthsThatDoNotAddUp(String packet) {
        assertThat(refusalFromClient(V5, packet)).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void usesTheTopicOfThePreviousPublishAgain() throws MalformedPacket {
        PacketDecoder decoder = Wire.decoder(Side.SERVER, V3_1_1);
        String first = topic(decoder, "30 08 \"f\u00fcr/a\"");
        assertThat(topic(decoder, "30 08 \"f\u00fcr/a\"")).isSameAs(first).isEqualTo("f\u00fcr/a");
        assertThat(topic(decoder, "30 08 \"f\u00fcr/b\"")).isEqualTo("f\u00fcr/b");
        assertThat(topic(decoder, "30 08 \"f\u00fcr/\" 'b'"))
                .as("a prefix is another topic")
                .isEqualTo("f\u00fcr/");
        assertThat(topic(decoder, "30 03 \"f\"")).isEqualTo("f");
    }

    @Test
    void neverRemembersATopicThatWasRefused() throws MalformedPacket {
        TopicCache cache = new TopicCache();
        PacketReader reader = new PacketReader();
        ByteBuf in = Unpooled.wrappedBuffer(HexText.bytes("30 05 \"a/#\""));
        reader.begin(in, Side.SERVER, MqttVersion.V3_1_1, DecoderLimits.ofPacketSize(100), PacketType.PUBLISH, 0, 2, 7);
        assertThatThrownBy(() -> reader.topicName(cache)).isInstanceOf(MalformedPacket.class);
        assertThat(cache.find(in, 4, 3)).isNull();
    }

    @Test
    void decodesTopicsThatAreTooLongToRemember() throws MalformedPacket {
        PacketDecoder decoder = Wire.decoder(Side.SERVER, V3_1_1);
        String longTopic = "x".repeat(TopicCache.MAXIMUM_BYTES + 1);
        Message message = Message.of(longTopic, Payload.EMPTY);
        String bytes = encode(new Publish(message, false, 0, 0, List.of()), V3_1_1);
        assertThat(topic(decoder, bytes)).isEqualTo(longTopic);
        assertThat(topic(decoder, bytes)).isEqualTo(longTopic);
    }

    @Test
    void writesOtherValuesThanTheMessageHas() {
        Message message = new Message("a", Payload.ofUtf8("p"), Qos.EXACTLY_ONCE, true, ALL.withExpirySeconds(60));
        Message bare = message.withProperties(MessageProperties.NONE);
        ByteBuf out = Unpooled.buffer();
        assertThat(PublishEncoder.encode(out, V5, 100, bare, "", Qos.AT_LEAST_ONCE, false, true, 5, 7, List.of(9), 2))
                .isTrue();
        assertThat(hex(ByteBufUtil.getBytes(out))).isEqualTo(hex("""
                        3a 10             # PUBLISH, DUP, QoS 1
                        "" 00 05          # no topic name, packet identifier
                        0a                # 10 bytes of properties
                        23 00 02          #   topic alias
                        02 00 00 00 07    #   message expiry interval
                        0b 09             #   subscription identifier
                        'p'
                        """));
    }

    @Test
    void writesNothingWhenThePacketIsTooLarge() {
        Message message = Message.of("a", Payload.ofUtf8("p"));
        ByteBuf out = Unpooled.buffer().writeByte(1);
        assertThat(write(out, message, 6)).isFalse();
        assertThat(out.readableBytes()).isEqualTo(1);
        assertThat(write(out, message, 7)).isTrue();
    }

    @Test
    void refusesToWriteWhatIsNoPublish() {
        Message message = Message.of("a", Payload.EMPTY);
        assertThatThrownBy(() -> encode(new Publish(message, true, 0, 0, List.of()), V5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DUP");
        assertThatThrownBy(() -> encode(new Publish(message.withQos(Qos.AT_LEAST_ONCE), false, 0, 0, List.of()), V5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("packet identifier");
        assertThatThrownBy(() -> encode(new Publish(message.withTopic(""), false, 0, 0, List.of()), V5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topic");
        assertThatThrownBy(() -> encode(new Publish(message.withTopic(""), false, 0, 1, List.of()), V3_1_1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topic");
        assertThatThrownBy(() -> encode(new Publish(message, false, 0, 65_536, List.of()), V5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topic alias");
    }

    @Test
    void writesNothingOfAStringThatIsTooLongForTheWire() {
        String tooLong = "x".repeat(65_536);
        MessageProperties properties =
                MessageProperties.NONE.withUserProperties(List.of(new UserProperty("k", tooLong)));
        ByteBuf out = Unpooled.buffer();
        assertThatThrownBy(() -> write(out, Message.of(tooLong, Payload.EMPTY), Wire.UNLIMITED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(out, Message.of("a", Payload.EMPTY).withProperties(properties), Wire.UNLIMITED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(out.readableBytes()).isZero();
    }

    private static boolean write(ByteBuf out, Message message, int maximumPacketSize) {
        Publish publish = new Publish(message, false, 0, 0, List.of());
        return PacketEncoder.encode(publish, V5, maximumPacketSize, out);
    }

    private static String topic(PacketDecoder decoder, String hex) throws MalformedPacket {
        return ((Publish) Wire.decode(decoder, HexText.bytes(hex))).message().topic();
    }
}
