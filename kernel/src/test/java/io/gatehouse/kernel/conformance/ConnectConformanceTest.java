package io.gatehouse.kernel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.codec.HexText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT and CONNACK (MQTT 5.0 sections 3.1 and 3.2). */
class ConnectConformanceTest extends WireTest {
    /** Receive maximum 5, maximum packet size 1 MiB, topic alias maximum 5. */
    private static final String LIMITS = "21 00 05 27 00 10 00 00 22 00 05";

    private static final String KEEP_ALIVE = "13 03 e8";

    @Test
    void acceptsAndTellsItsLimits() {
        open().sendBytes(connectBytes5("c", true, "")).expect("20 11 00 00 0e %s %s".formatted(LIMITS, KEEP_ALIVE));
    }

    @Test
    void saysNothingOfAKeepAliveThatItAccepts() {
        open().packet("10", "\"MQTT\" 05 02 00 3c 00 \"%s\"".formatted(name())).expect("20 0e 00 00 0b " + LIMITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00", "03 e9", "ff ff"})
    void tellsTheKeepAliveThatHolds(String asked) {
        assertThat(open().packet("10", "\"MQTT\" 05 02 %s 00 \"%s\"".formatted(asked, name()))
                        .receive())
                .endsWith(KEEP_ALIVE);
    }

    @Test
    void tellsTheSessionExpiryThatHolds() {
        RawClient client = open().sendBytes(connectBytes5("c", true, "11 ff ff ff ff"));
        assertThat(client.receive()).contains("11 00 01 51 80");
    }

    @Test
    void assignsAClientIdentifierOfItsOwnAndTellsIt() {
        String first = open().packet("10", "\"MQTT\" 05 02 00 3c 00 \"\"").receive();
        String second = open().packet("10", "\"MQTT\" 05 00 00 3c 00 \"\"").receive();

        assertThat(first).matches("20 .. 00 00 .*12 00 2e .*");
        assertThat(second).matches("20 .. 00 00 .*12 00 2e .*").isNotEqualTo(first);
    }

    @Test
    void assignsAClientIdentifierToAnOlderClientWithACleanSession() {
        open().packet("10", "\"MQTT\" 04 02 00 00 \"\"").expect("20 02 00 00").expectNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0123456789abcdefghijklm",
                "nopqrstuvwxyzABCDEFGHIJ",
                "KLMNOPQRSTUVWXYZ",
                "with spaces, /+# and ünïcödé \uFEFF"
            })
    void acceptsClientIdentifiersOfAllKinds(String id) {
        open().packet("10", "\"MQTT\" 05 02 00 3c 00 \"%s\"".formatted(id)).expect("20 0e 00 00 0b " + LIMITS);
    }

    @Test
    void refusesAClientIdentifierThatIsTooLong() {
        open().packet("10", "\"MQTT\" 05 02 00 3c 00 \"%s\"".formatted("x".repeat(101)))
                .expect("20 03 00 85 00")
                .expectClosed();
        open().packet("10", "\"MQTT\" 04 02 00 3c \"%s\"".formatted("x".repeat(101)))
                .expect("20 02 00 02")
                .expectClosed();
    }

    @Test
    void acceptsAPasswordWithoutAUserName() {
        open().packet("10", "\"MQTT\" 05 42 00 3c 00 \"%s\" \"secret\"".formatted(name()))
                .expect("20 0e 00 00 0b " + LIMITS);
    }

    @Test
    void takesPacketsThatFollowConnectAtOnce() {
        byte[] connect = RawClient.packetBytes("10", HexText.bytes("\"MQTT\" 04 02 00 00 \"%s\"".formatted(name())));
        open().sendBytes(connect).send("82 06 00 01 \"a\" 00 c0 00").expect("20 02 00 00", "90 03 00 01 00", "d0 00");
    }

    @Test
    void looksAtNothingBehindAConnectThatItRefuses() {
        open().send("10 0c \"MQTT\" 04 00 00 00 \"\" 30 09 \"retain\" 'x' c0 00")
                .expect("20 02 00 02")
                .expectClosed();
    }

    @Test
    void readsAConnectByteByByte() {
        RawClient client = open();
        for (byte one : connectBytes5("c", true, "")) {
            client.sendBytes(new byte[] {one});
        }
        assertThat(client.receive()).startsWith("20 11 00 00");
    }

    @Test
    void disconnectsTheOldConnectionOfAClientThatComesAgain() {
        RawClient old = connect5("c");
        connect5("c").expectNothing();
        old.expect("e0 01 8e").expectClosed();

        RawClient older = connect311("d", true);
        connect311("d", true).expectNothing();
        older.expectClosed();
    }

    @Test
    void saysThatASessionIsPresentOnlyWhenItIs() {
        connect5("c", false, "11 00 00 00 64").disconnect();
        open().sendBytes(connectBytes5("c", false, "11 00 00 00 64"))
                .expect("20 11 01 00 0e %s %s".formatted(LIMITS, KEEP_ALIVE));
        open().sendBytes(connectBytes5("c", true, "")).expect("20 11 00 00 0e %s %s".formatted(LIMITS, KEEP_ALIVE));
        connect311("d", false).drop();
        awaitGone("d");
        open().packet("10", "\"MQTT\" 04 00 00 00 \"%sd\"".formatted(name())).expect("20 02 01 00");
        open().packet("10", "\"MQTT\" 04 02 00 00 \"%sd\"".formatted(name())).expect("20 02 00 00");
    }

    @Test
    void givesNoResponseInformationEvenWhenAsked() {
        open().sendBytes(connectBytes5("c", true, "19 01"))
                .expect("20 11 00 00 0e %s %s".formatted(LIMITS, KEEP_ALIVE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17 00", "17 01"})
    void sendsNoReasonStringsWhetherAskedOrNot(String properties) {
        connect5("c", true, properties)
                .packet("82", "00 01 00 \"a/#/b\" 00")
                .expect("90 04 00 01 00 8f")
                .packet("32", "\"1/2/3/4/5/6/7/8/9/10/11\" 00 01 00")
                .expect("40 03 00 01 90")
                .send("00 00")
                .expect("e0 01 81")
                .expectClosed();
    }

    @Test
    void answersPings() {
        connect5("c").send("c0 00 c0 00").expect("d0 00", "d0 00");
    }

    @Test
    void authenticatesNobodyAgainWhoDidNotAuthenticateWithAMethod() {
        connect5("c").send("f0 09 19 07 15 00 04 'abcd'").expect("e0 01 82").expectClosed();
    }
}
