package io.gatehouse.kernel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How much may be on its way, and how large it may be (MQTT 5.0 sections 3.1.2.11, 3.3.4 and 4.9). */
class FlowControlConformanceTest extends WireTest {
    private static final String STAYS = "11 00 00 00 64";

    private String t() {
        return "\"" + name() + "/t\"";
    }

    private String message(String first, int id, String text) {
        return "%s %02x %s 00 %02x 00 '%s'".formatted(first, 9 + text.length(), t(), id, text);
    }

    private RawClient subscriber(String properties, int qos) {
        return connect5("s", false, STAYS + properties)
                .packet("82", "00 01 00 %s %02x".formatted(t(), qos))
                .expect("90 04 00 01 00 %02x".formatted(qos));
    }

    private void publish(int qos, String... texts) {
        RawClient client = open();
        client.packet("10", "\"MQTT\" 04 02 00 00 \"\"").expect("20 02 00 00");
        for (String text : texts) {
            client.packet(
                    "%02x".formatted(0x30 | qos << 1), "%s %s '%s'".formatted(t(), qos == 0 ? "" : "00 07", text));
            if (qos == 1) {
                client.receive();
            } else if (qos == 2) {
                client.receive();
                client.send("62 02 00 07").receive();
            }
        }
    }

    @Test
    void sendsNoMoreThanTheClientTakesAndStillAnswersIt() {
        RawClient client = subscriber("21 00 02", 2);
        publish(1, "a", "b");
        publish(2, "c", "d");
        client.expect(message("32", 1, "a"), message("32", 2, "b")).expectNothing();
        client.packet("82", "00 02 00 \"other\" 00").expect("90 04 00 02 00 00");
        client.packet("32", "\"" + name() + "/other\" 00 03 00").expect("40 03 00 03 10");

        client.send("40 02 00 01").expect(message("34", 3, "c"));
        client.send("40 03 00 02 80").expect(message("34", 4, "d"));
    }

    @Test
    void sendsNoMoreThanItIsConfiguredToKeepInFlight() {
        RawClient client = subscriber("", 1);
        publish(1, "a", "b", "c", "d", "e");
        client.expect(message("32", 1, "a"), message("32", 2, "b"), message("32", 3, "c"), message("32", 4, "d"));
        client.expectNothing().send("40 02 00 01").expect(message("32", 5, "e"));
    }

    @Test
    void countsAQos2MessageUntilItsEnd() {
        RawClient client = subscriber("21 00 01", 2);
        publish(2, "a", "b", "c");
        client.expect(message("34", 1, "a"));
        client.send("50 02 00 01").expect("62 02 00 01").expectNothing();
        client.send("70 02 00 01").expect(message("34", 2, "b"));
        client.send("50 03 00 02 97").expect(message("34", 3, "c")).expectNothing();
    }

    @Test
    void respectsASmallerReceiveMaximumAfterAReconnect() {
        RawClient first = subscriber("21 00 03", 1);
        publish(1, "a", "b", "c", "d");
        first.expect(message("32", 1, "a"), message("32", 2, "b"), message("32", 3, "c"));
        first.drop();
        awaitGone("s");

        RawClient second = connect5("s", false, STAYS + "21 00 01");
        second.expect(message("3a", 1, "a")).expectNothing();
        second.send("40 02 00 01").expect(message("3a", 2, "b")).expectNothing();
        second.send("40 02 00 02").expect(message("3a", 3, "c")).expectNothing();
        second.send("40 02 00 03").expect(message("32", 4, "d"));
    }

    @Test
    void skipsAMessageThatIsTooLargeForTheClientWithoutUsingItsQuota() {
        RawClient client = subscriber("21 00 01 27 00 00 00 28", 1);
        publish(1, "x".repeat(50), "small", "y".repeat(30), "z".repeat(29));
        String small = client.receive();
        assertThat(small).startsWith("32 0e").endsWith("73 6d 61 6c 6c");
        client.send("40 02 " + small.substring(24, 29)); // its packet identifier
        assertThat(client.receive()).as("40 bytes, as many as it takes").startsWith("32 26");
        client.expectNothing();
    }

    @Test
    void disconnectsAClientThatSendsMoreThanItMay() {
        RawClient client = connect5("c");
        for (int i = 1; i <= 5; i++) {
            client.packet("34", "%s 00 %02x 00".formatted(t(), i)).expect("50 03 00 %02x 10".formatted(i));
        }
        client.packet("34", t() + "00 06 00").expect("e0 01 93").expectClosed();
    }

    @Test
    void givesEachConnectionTheWholeQuota() {
        RawClient first = connect5("s", false, STAYS);
        for (int i = 1; i <= 5; i++) {
            first.packet("34", "%s 00 %02x 00".formatted(t(), i)).expect("50 03 00 %02x 10".formatted(i));
        }
        first.drop();
        awaitGone("s");

        RawClient second = connect5("s", false, STAYS);
        for (int i = 6; i <= 10; i++) {
            second.packet("34", "%s 00 %02x 00".formatted(t(), i)).expect("50 03 00 %02x 10".formatted(i));
        }
        second.send("62 02 00 01").expect("70 02 00 01");
        second.packet("34", t() + "00 0b 00").expect("50 03 00 0b 10");
        second.packet("34", t() + "00 0c 00").expect("e0 01 93").expectClosed();
    }

    @Test
    void givesQuotaBackWithPubcompAndWithARefusal() {
        RawClient client = connect5("c");
        for (int i = 1; i <= 10; i++) {
            client.packet("34", "%s 00 %02x 00".formatted(t(), i)).expect("50 03 00 %02x 10".formatted(i));
            client.send("62 02 00 %02x".formatted(i)).expect("70 02 00 %02x".formatted(i));
        }
        for (int i = 1; i <= 10; i++) {
            client.packet("34", "\"1/2/3/4/5/6/7/8/9/10/11\" 00 %02x 00".formatted(i))
                    .expect("50 03 00 %02x 90".formatted(i));
        }
    }

    @Test
    void disconnectsAClientThatSendsAPacketThatIsTooLarge() {
        connect5("c").send("30 fd ff 3f").expect("e0 01 95").expectClosed();
    }

    @Test
    void takesAPacketAsLargeAsItMayBe() {
        int payload = (1 << 20) - 4 - 8;
        connect5("c")
                .packet("32", t() + "00 01 00 '" + "x".repeat(payload - 1) + "'")
                .expect("40 03 00 01 10");
    }
}
