package io.gatehouse.kernel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Sessions across connections (MQTT 5.0 sections 3.1.2.11.2, 4.1 and 4.4). */
class SessionConformanceTest extends WireTest {
    private static final String STAYS = "11 00 00 00 64";

    private String t() {
        return "\"" + name() + "/t\"";
    }

    private RawClient resume() {
        awaitGone("s");
        RawClient client = open();
        client.sendBytes(connectBytes5("s", false, STAYS));
        assertThat(client.receive()).matches("20 .. 01 00 .*");
        return client;
    }

    private RawClient subscriber(int qos) {
        return connect5("s", false, STAYS)
                .packet("82", "00 01 00 %s %02x".formatted(t(), qos))
                .expect("90 04 00 01 00 %02x".formatted(qos));
    }

    private void publish(int qos, String text) {
        connect5("c" + text)
                .packet("%02x".formatted(0x30 | qos << 1), "%s 00 07 00 '%s'".formatted(t(), text))
                .receive();
    }

    @Test
    void keepsMessagesWhileTheClientIsAwayAndSendsThemInOrder() {
        subscriber(2).disconnect();
        publish(1, "a");
        publish(2, "b");
        publish(1, "c");
        resume().expect(
                        "32 0a %s 00 01 00 'a'".formatted(t()),
                        "34 0a %s 00 02 00 'b'".formatted(t()),
                        "32 0a %s 00 03 00 'c'".formatted(t()));
    }

    @Test
    void sendsAgainWhatWasNotAcknowledgedWithDupAndTheSameIdentifier() {
        RawClient first = subscriber(2);
        publish(1, "a");
        publish(2, "b");
        publish(1, "c");
        first.expect("32 0a %s 00 01 00 'a'".formatted(t()), "34 0a %s 00 02 00 'b'".formatted(t()));
        first.expect("32 0a %s 00 03 00 'c'".formatted(t())).send("40 02 00 01").expectNothing();
        first.drop();

        RawClient second = resume();
        second.expect("3c 0a %s 00 02 00 'b'".formatted(t()), "3a 0a %s 00 03 00 'c'".formatted(t()));
        second.send("50 02 00 02").expect("62 02 00 02");
        second.drop();

        RawClient third = resume().expect("62 02 00 02", "3a 0a %s 00 03 00 'c'".formatted(t()));
        third.send("70 02 00 02 40 02 00 03").expectNothing();
        third.drop();
        resume().expectNothing();
    }

    @Test
    void sendsNothingAgainOnTheSameConnection() {
        RawClient client = subscriber(1);
        publish(1, "a");
        client.expect("32 0a %s 00 01 00 'a'".formatted(t())).expectNothing().expectNothing();
    }

    @Test
    void remembersQos2MessagesOfAClientAcrossConnections() {
        RawClient subscriber =
                connect5("o").packet("82", "00 01 00 %s 00".formatted(t())).expect("90 04 00 01 00 00");
        RawClient first = connect5("s", false, STAYS);
        first.packet("34", t() + "00 09 00 'x'").expect("50 02 00 09");
        first.drop();

        RawClient second = resume();
        second.packet("3c", t() + "00 09 00 'x'").expect("50 02 00 09");
        second.send("62 02 00 09").expect("70 02 00 09");

        subscriber.expect("30 08 %s 00 'x'".formatted(t())).expectNothing();
    }

    @Test
    void discardsASessionForACleanStart() {
        RawClient first = subscriber(1);
        publish(1, "a");
        first.expect("32 0a %s 00 01 00 'a'".formatted(t()));
        first.drop();
        connect5("s", true, STAYS).expectNothing();
        publish(1, "b");
        RawClient again = connect5("s", false, STAYS);
        again.expectNothing();
    }

    @Test
    void endsASessionWithItsConnectionWhenItHasNoExpiry() {
        RawClient client = connect5("s");
        client.disconnect();
        awaitGone("s");
        RawClient again = open();
        again.sendBytes(connectBytes5("s", false, ""));
        assertThat(again.receive()).matches("20 .. 00 00 .*");
    }

    @Test
    void endsASessionWhenDisconnectSaysSo() {
        RawClient client = subscriber(1);
        client.send("e0 07 00 05 11 00 00 00 00").expectClosed();
        awaitGone("s");
        RawClient again = open();
        again.sendBytes(connectBytes5("s", false, STAYS));
        assertThat(again.receive()).matches("20 .. 00 00 .*");
    }

    @Test
    void keepsRetainedMessagesBeyondTheSession() {
        connect5("r").packet("31", t() + "00 'r'").disconnect();
        connect5("c")
                .packet("82", "00 01 00 %s 00".formatted(t()))
                .expect("90 04 00 01 00 00", "31 08 %s 00 'r'".formatted(t()));
    }

    @Test
    void keepsTheSessionOfAnOlderClientWithoutCleanSession() {
        RawClient client = connect311("s", false)
                .packet("82", "00 01 %s 01".formatted(t()))
                .expect("90 03 00 01 01");
        client.send("e0 00").expectClosed();
        awaitGone("s");
        publish(1, "a");
        RawClient again = open().packet("10", "\"MQTT\" 04 00 00 00 \"%ss\"".formatted(name()));
        again.expect("20 02 01 00", "32 09 %s 00 01 'a'".formatted(t()));
    }

    @Test
    void keepsMessagesOfOnePublisherInOrderForEachQos() {
        RawClient subscriber = subscriber(2);
        RawClient client = connect5("c");
        for (int i = 1; i <= 4; i++) {
            client.packet("32", "%s 00 %02x 00 '%d'".formatted(t(), i, i)).expect("40 02 00 %02x".formatted(i));
        }
        for (int i = 1; i <= 4; i++) {
            subscriber.expect("32 0a %s 00 %02x 00 '%d'".formatted(t(), i, i));
        }
    }
}
