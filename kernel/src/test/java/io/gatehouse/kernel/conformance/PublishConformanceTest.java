package io.gatehouse.kernel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.codec.HexText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PUBLISH, its acknowledgements and its properties (MQTT 5.0 sections 3.3 to 3.7 and 4.3). */
class PublishConformanceTest extends WireTest {
    private String topic(String rest) {
        return "\"" + name() + rest + "\"";
    }

    private RawClient subscriber(String filter, int options) {
        return connect5("s")
                .packet("82", "00 01 00 %s %02x".formatted(topic(filter), options))
                .expect("90 04 00 01 00 %02x".formatted(options & 3));
    }

    @Test
    void acknowledgesByQos() {
        RawClient subscriber = subscriber("/t", 0);
        RawClient client = connect5("c");

        client.packet("30", topic("/t") + "00 '0'").expectNothing();
        client.packet("32", topic("/t") + "00 07 00 '1'").expect("40 02 00 07");
        client.packet("34", topic("/t") + "00 08 00 '2'").expect("50 02 00 08");
        client.send("62 02 00 08").expect("70 02 00 08");

        subscriber.expectOn(topic("/t"), "30 08 %s 00 '0'", "30 08 %s 00 '1'", "30 08 %s 00 '2'");
    }

    @Test
    void tellsWhenNobodySubscribed() {
        connect5("c")
                .packet("32", topic("/nobody") + "00 07 00")
                .expect("40 03 00 07 10")
                .packet("34", topic("/nobody") + "00 08 00")
                .expect("50 03 00 08 10");
        connect311("d", true).packet("32", topic("/nobody") + "00 07").expect("40 02 00 07");
    }

    @Test
    void takesAQos2MessageOnceUntilItIsReleased() {
        RawClient subscriber = subscriber("/t", 0);
        RawClient client = connect5("c");

        client.packet("34", topic("/t") + "00 01 00 'a'").expect("50 02 00 01");
        client.packet("3c", topic("/t") + "00 01 00 'a'").expect("50 02 00 01");
        client.send("62 02 00 01").expect("70 02 00 01");
        client.packet("3c", topic("/t") + "00 01 00 'b'").expect("50 02 00 01");

        subscriber.expectOn(topic("/t"), "30 08 %s 00 'a'", "30 08 %s 00 'b'").expectNothing();
    }

    @Test
    void takesAQos1MessageAgainAfterItsAcknowledgement() {
        RawClient subscriber = subscriber("/t", 1);
        connect5("c")
                .packet("32", topic("/t") + "00 01 00 'a'")
                .expect("40 02 00 01")
                .packet("3a", topic("/t") + "00 01 00 'a'")
                .expect("40 02 00 01");

        subscriber.expectOn(topic("/t"), "32 0a %s 00 01 00 'a'", "32 0a %s 00 02 00 'a'");
    }

    @Test
    void answersAReleaseOfNothing() {
        connect5("c").send("62 02 00 09").expect("70 03 00 09 92");
        connect311("d", true).send("62 02 00 09").expect("70 02 00 09");
    }

    @Test
    void ignoresAcknowledgementsOfNothing() {
        connect5("c")
                .send("40 02 00 09 70 02 00 09 50 03 00 09 80")
                .expectNothing()
                .send("50 02 00 09")
                .expect("62 03 00 09 92");
    }

    @Test
    void passesAllPropertiesOnAsTheyAreAndInTheirOrder() {
        RawClient subscriber = subscriber("/t", 0);
        // format, content type, response topic, correlation data; the last ones in the order of the sender
        String properties =
                "01 01 03 \"text/x\" 08 \"re/ply\" 09 00 02 00 ff 26 \"b\" \"1\" 26 \"a\" \"2\" 26 \"b\" \"\"";
        int length = HexText.bytes(properties).length;

        connect5("c").packet("30", "%s %02x %s 'p'".formatted(topic("/t"), length, properties));

        assertThat(subscriber.receive())
                .contains(RawClient.hex(HexText.bytes("01 01")))
                .contains(RawClient.hex(HexText.bytes("03 \"text/x\"")))
                .contains(RawClient.hex(HexText.bytes("08 \"re/ply\"")))
                .contains(RawClient.hex(HexText.bytes("09 00 02 00 ff")))
                .contains(RawClient.hex(HexText.bytes("26 \"b\" \"1\" 26 \"a\" \"2\" 26 \"b\" \"\"")))
                .endsWith("70");
    }

    @Test
    void keepsAByteOrderMarkInATopic() {
        RawClient subscriber = subscriber("/\uFEFFx", 0);
        connect5("c").packet("30", topic("/\uFEFFx") + "00");
        subscriber.expectOn(topic("/\uFEFFx"), "30 0a %s 00");
    }

    @Test
    void tellsWhatIsLeftOfTheExpiryInterval() {
        RawClient subscriber = subscriber("/t", 0);
        connect5("c").packet("30", topic("/t") + "05 02 00 00 00 64");
        assertThat(subscriber.receive()).matches(".*05 02 00 00 00 6[34]");
    }

    @Test
    void neverHandsOutAMessageThatExpiresAtOnceLater() {
        connect5("c").packet("31", topic("/t") + "05 02 00 00 00 00 'x'").expectNothing();
        subscriber("/t", 0).expectNothing();
    }

    @Test
    void takesTopicAliasesForOneConnectionOnly() {
        RawClient subscriber = subscriber("/#", 0);
        RawClient client = connect5("c", false, "11 00 00 00 64");
        client.packet("30", topic("/a") + "03 23 00 05 '1'");
        client.packet("30", "\"\" 03 23 00 05 '2'");
        client.packet("30", topic("/b") + "03 23 00 05 '3'");
        client.packet("30", "\"\" 03 23 00 05 '4'");
        subscriber.expectOn(topic("/a"), "30 08 %s 00 '1'", "30 08 %s 00 '2'");
        subscriber.expectOn(topic("/b"), "30 08 %s 00 '3'", "30 08 %s 00 '4'");
        client.disconnect();

        connect5("c", false, "11 00 00 00 64")
                .packet("30", "\"\" 03 23 00 05 '5'")
                .expect("e0 01 82")
                .expectClosed();
    }

    @Test
    void sendsNoTopicAliases() {
        RawClient subscriber = connect5("s", true, "22 00 0a").packet("82", "00 01 00 %s 00".formatted(topic("/t")));
        subscriber.expect("90 04 00 01 00 00");
        RawClient client = connect5("c");
        client.packet("30", topic("/t") + "00 '1'").packet("30", topic("/t") + "00 '2'");
        subscriber.expectOn(topic("/t"), "30 08 %s 00 '1'", "30 08 %s 00 '2'");
    }

    @Test
    void keepsTheLastRetainedMessageOfATopic() {
        RawClient client = connect5("c");
        client.packet("31", topic("/t") + "00 'a'");
        client.packet("33", topic("/t") + "00 01 00 'b'").expect("40 03 00 01 10");
        client.packet("30", topic("/t") + "00 'not retained'").expectNothing();

        subscriber("/t", 2).expectOn(topic("/t"), "33 0a %s 00 01 00 'b'").expectNothing();
    }

    @Test
    void forgetsARetainedMessageWithAnEmptyOneWhichIsStillDelivered() {
        RawClient client = connect5("c");
        client.packet("31", topic("/t") + "00 'a'").expectNothing();
        RawClient subscriber = subscriber("/t", 0).expectOn(topic("/t"), "31 08 %s 00 'a'");

        client.packet("31", topic("/t") + "00").expectNothing();

        subscriber.expectOn(topic("/t"), "30 07 %s 00");
        connect5("new")
                .packet("82", "00 01 00 %s 00".formatted(topic("/t")))
                .expect("90 04 00 01 00 00")
                .expectNothing();
    }

    @Test
    void neverPassesDupOn() {
        RawClient subscriber = subscriber("/t", 1);
        connect5("c").packet("3a", topic("/t") + "00 01 00").expect("40 02 00 01");
        subscriber.expectOn(topic("/t"), "32 09 %s 00 01 00");
    }

    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_534})
    void takesTopicsAsLongAsTheyMayBe(int bytes) {
        String topic = name() + "/" + "x".repeat(bytes - 3);
        RawClient subscriber = subscriber("/+", 0);
        connect5("c").packet("30", "\"" + topic + "\" 00");
        assertThat(subscriber.receive())
                .isEqualTo(RawClient.hex(RawClient.packetBytes("30", HexText.bytes("\"" + topic + "\" 00"))));
    }

    @Test
    void refusesATopicThatIsTooDeep() {
        connect5("c").packet("32", topic("/2/3/4/5/6/7/8/9/10/11") + "00 01 00").expect("40 03 00 01 90");
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "//, //",
        "/+, /",
        "/+/+, //",
        "/#, /",
        "/#, //",
        "/#, ''",
        "/a/#, /a",
        "/a/+, /a/",
        "/+/b, //b",
    })
    void countsEmptyLevels(String filter, String topic) {
        RawClient subscriber = subscriber(filter, 0);
        connect5("c").packet("30", topic(topic) + "00");
        subscriber.expect("30 %02x %s 00".formatted(5 + topic.length(), topic(topic)));
    }

    @ParameterizedTest
    @CsvSource({"/, ''", "/+, ''", "/a, /A", "/a/+, /a", "/a, /a/", "/+, //"})
    void tellsTopicsApartThatLookAlike(String filter, String topic) {
        RawClient subscriber = subscriber(filter, 0);
        connect5("c").packet("30", topic(topic) + "00").expectNothing();
        subscriber.expectNothing();
    }

    @Test
    void hidesTopicsOfTheServerFromWildcards() {
        RawClient all = connect5("all").packet("82", "00 01 00 \"#\" 00 \"+/x%s\" 00".formatted(name()));
        all.expect("90 05 00 01 00 00 00");
        RawClient own = connect5("own").packet("82", "00 01 00 \"$own/#\" 00");
        own.expect("90 04 00 01 00 00");

        connect5("c").packet("30", "\"$own/x%s\" 00".formatted(name())).expectNothing();

        own.expect("30 0b \"$own/x%s\" 00".formatted(name()));
        all.expectNothing();
    }
}
