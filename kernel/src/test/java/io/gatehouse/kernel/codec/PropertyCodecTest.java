package io.gatehouse.kernel.codec;

import static io.gatehouse.sdk.mqtt.MqttVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that hold for all property sections; each is tried with every property in every place. */
class PropertyCodecTest {

    /** Packets of version 5 with a gap for a property section: first byte, before, after, and who reads it. */
    enum Place {
        CONNECT(PropertyScope.CONNECT, Side.SERVER, "10", "\"MQTT\" 05 02 00 00", "\"c\""),
        WILL(PropertyScope.WILL, Side.SERVER, "10", "\"MQTT\" 05 06 00 00 00 \"c\"", "\"w\" \"p\""),
        CONNACK(PropertyScope.CONNACK, Side.CLIENT, "20", "00 00", ""),
        PUBLISH(PropertyScope.PUBLISH, Side.CLIENT, "30", "\"t\"", "'p'"),
        PUBACK(PropertyScope.ACK, Side.SERVER, "40", "00 01 00", ""),
        PUBREC(PropertyScope.ACK, Side.SERVER, "50", "00 01 00", ""),
        PUBREL(PropertyScope.ACK, Side.SERVER, "62", "00 01 00", ""),
        PUBCOMP(PropertyScope.ACK, Side.SERVER, "70", "00 01 00", ""),
        SUBSCRIBE(PropertyScope.SUBSCRIBE, Side.SERVER, "82", "00 01", "\"f\" 00"),
        SUBACK(PropertyScope.SUBACK, Side.CLIENT, "90", "00 01", "00"),
        UNSUBSCRIBE(PropertyScope.UNSUBSCRIBE, Side.SERVER, "a2", "00 01", "\"f\""),
        UNSUBACK(PropertyScope.UNSUBACK, Side.CLIENT, "b0", "00 01", "00"),
        DISCONNECT(PropertyScope.DISCONNECT, Side.SERVER, "e0", "00", ""),
        AUTH(PropertyScope.AUTH, Side.SERVER, "f0", "18", "");

        private final PropertyScope scope;
        private final Side side;
        private final String first;
        private final String before;
        private final String after;

        Place(PropertyScope scope, Side side, String first, String before, String after) {
            this.scope = scope;
            this.side = side;
            this.first = first;
            this.before = before;
            this.after = after;
        }

        /** The packet with these properties, and with what the place needs in any case. */
        String packet(String properties) {
            String all = this == AUTH && !properties.startsWith("15")
                    ? sample(Property.AUTHENTICATION_METHOD) + properties
                    : properties;
            if (this == CONNECT && properties.contains(sample(Property.AUTHENTICATION_DATA))) {
                all = sample(Property.AUTHENTICATION_METHOD) + properties;
            }
            return packetWithLength("%02x".formatted(length(all)), all);
        }

        String packetWithLength(String propertyLength, String properties) {
            String body = before + propertyLength + properties + after;
            return first + "%02x ".formatted(length(body)) + body;
        }

        private static int length(String hex) {
            return HexText.bytes(hex).length;
        }
    }

    /** A property with a value that is right everywhere. */
    private static String sample(Property property) {
        String value = switch (property.type()) {
            case BIT -> "01";
            case TWO_BYTE_INTEGER -> "00 01";
            case FOUR_BYTE_INTEGER -> "00 00 00 01";
            case VARIABLE_BYTE_INTEGER -> "01";
            case TEXT -> "\"x\"";
            case BINARY -> "00 01 ff";
            case TEXT_PAIR -> "\"k\" \"v\"";
        };
        return "%02x ".formatted(property.identifier()) + value + " ";
    }

    static Stream<Arguments> everyPropertyInEveryPlace() {
        return pairs((place, property) -> true);
    }

    static Stream<Arguments> everyPropertyWhereItMayStand() {
        return pairs((place, property) -> property.mayStandIn(place.scope));
    }

    private static Stream<Arguments> pairs(BiPredicate<Place, Property> wanted) {
        return Arrays.stream(Place.values())
                .flatMap(place -> Arrays.stream(Property.values())
                        .filter(property -> wanted.test(place, property))
                        .map(property -> Arguments.of(place, property)));
    }

    @ParameterizedTest
    @MethodSource("everyPropertyInEveryPlace")
    void acceptsAPropertyOnlyWhereItBelongs(Place place, Property property) throws MalformedPacket {
        String packet = place.packet(sample(property));
        if (property.mayStandIn(place.scope)) {
            Packet decoded = Wire.decode(Wire.decoder(place.side, V5), HexText.bytes(packet));
            assertThat(decoded).isNotNull();
        } else {
            assertThat(refusal(place, packet)).isEqualTo(ReasonCode.MALFORMED_PACKET);
        }
    }

    @ParameterizedTest
    @MethodSource("everyPropertyWhereItMayStand")
    void refusesAPropertyThatOccursTwiceUnlessItMayRepeat(Place place, Property property) throws MalformedPacket {
        String packet = place.packet(sample(property) + sample(property));
        boolean repeatable = property == Property.USER_PROPERTY
                || (property == Property.SUBSCRIPTION_IDENTIFIER && place == Place.PUBLISH);
        if (repeatable) {
            Packet decoded = Wire.decode(Wire.decoder(place.side, V5), HexText.bytes(packet));
            assertThat(decoded).isNotNull();
        } else {
            assertThat(refusal(place, packet)).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        }
    }

    @ParameterizedTest
    @MethodSource("everyPropertyWhereItMayStand")
    void refusesAPropertyThatIsCutOffByItsSection(Place place, Property property) {
        String whole = sample(property);
        byte[] bytes = HexText.bytes(whole);
        for (int length = 1; length < bytes.length; length++) {
            String packet = place.packet(Wire.hex(Arrays.copyOf(bytes, length)));
            assertThat(refusal(place, packet)).isEqualTo(ReasonCode.MALFORMED_PACKET);
        }
    }

    @ParameterizedTest
    @MethodSource("everyPropertyWhereItMayStand")
    void refusesBitsOtherThan0And1AndForbiddenZeros(Place place, Property property) {
        String identifier = "%02x ".formatted(property.identifier());
        if (property.type() == PropertyType.BIT) {
            assertThat(refusal(place, place.packet(identifier + "02"))).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        }
        String zero = switch (property) {
            case RECEIVE_MAXIMUM -> "00 00";
            case MAXIMUM_PACKET_SIZE -> "00 00 00 00";
            case SUBSCRIPTION_IDENTIFIER -> "00";
            default -> "";
        };
        if (!zero.isEmpty()) {
            assertThat(refusal(place, place.packet(identifier + zero))).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "80 00, ''", // property length not in its shortest form
        "80 80 80 80 00, ''", // five bytes long
        "7f, ''", // beyond the packet
        "02, '81 00'", // identifier not in its shortest form
        "01, '00'", // no property 0
        "02, '2b 00'", // the first after the last
        "02, 'ff 01'", // no property 255
        "05, '26 00 01 6b 00'", // a pair cut off in its value's length
    })
    void refusesBrokenSections(String propertyLength, String properties) {
        for (Place place : Place.values()) {
            assertThat(refusal(place, place.packetWithLength(propertyLength, properties)))
                    .isEqualTo(ReasonCode.MALFORMED_PACKET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"80 00", "ff ff ff ff 7f"})
    void refusesSubscriptionIdentifiersNotInTheirShortestForm(String value) {
        assertThat(refusal(Place.SUBSCRIBE, Place.SUBSCRIBE.packet("0b " + value)))
                .isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void boundsTheNumberOfUserProperties() throws MalformedPacket {
        Packet most = withUserProperties(Limits.USER_PROPERTIES);
        assertThat(Wire.fromClient(V5, Wire.encode(most, V5))).isEqualTo(most);
        assertThat(Wire.refusalFromClient(V5, Wire.encode(withUserProperties(Limits.USER_PROPERTIES + 1), V5)))
                .isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void boundsTheNumberOfSubscriptionIdentifiers() throws MalformedPacket {
        Packet most = withSubscriptionIdentifiers(Limits.SUBSCRIPTION_IDENTIFIERS);
        assertThat(Wire.fromServer(V5, Wire.encode(most, V5))).isEqualTo(most);
        Packet tooMany = withSubscriptionIdentifiers(Limits.SUBSCRIPTION_IDENTIFIERS + 1);
        assertThat(Wire.refusalFromServer(V5, Wire.encode(tooMany, V5))).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void forgetsThePropertiesOfThePreviousPacket() throws MalformedPacket {
        PacketDecoder decoder = Wire.decoder(Side.SERVER, V5);
        Wire.decode(decoder, HexText.bytes(Place.UNSUBSCRIBE.packet("26 \"k\" \"v\"")));
        assertThat(Wire.decode(decoder, HexText.bytes(Place.UNSUBSCRIBE.packet(""))))
                .isEqualTo(new Unsubscribe(1, List.of("f"), List.of()));
        Wire.decode(decoder, HexText.bytes("30 0d \"t\" 09 03 \"x\" 02 00 00 00 01"));
        Publish second = (Publish) Wire.decode(decoder, HexText.bytes("30 06 \"t\" 02 01 01"));
        assertThat(second.message().properties())
                .isEqualTo(new MessageProperties(true, MessageProperties.NO_EXPIRY, null, null, null, List.of()));
    }

    @Test
    void keepsTheOrderOfUserProperties() throws MalformedPacket {
        Unsubscribe decoded = (Unsubscribe)
                Wire.fromClient(V5, Place.UNSUBSCRIBE.packet("26 \"b\" \"1\" 26 \"a\" \"2\" 26 \"b\" \"\""));
        assertThat(decoded.userProperties())
                .containsExactly(new UserProperty("b", "1"), new UserProperty("a", "2"), new UserProperty("b", ""));
    }

    private static Packet withUserProperties(int count) {
        return new Unsubscribe(1, List.of("f"), Collections.nCopies(count, new UserProperty("", "")));
    }

    private static Packet withSubscriptionIdentifiers(int count) {
        return new Publish(Message.of("t", Payload.EMPTY), false, 0, 0, Collections.nCopies(count, 1));
    }

    private static ReasonCode refusal(Place place, String packet) {
        return Wire.refusal(place.side, V5, HexText.bytes(packet));
    }
}
