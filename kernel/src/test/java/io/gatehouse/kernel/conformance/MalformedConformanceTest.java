package io.gatehouse.kernel.conformance;

import io.gatehouse.kernel.codec.HexText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that are none, and packets that must not come: the exact answer to each (MQTT 5.0 section 4.13). */
class MalformedConformanceTest extends WireTest {
    private static final String MALFORMED = "e0 01 81";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 00", // there is no type 0
                "c1 00", // PINGREQ with a flag
                "80 06 00 01 00 \"a\" 00", // SUBSCRIBE without its flag
                "8a 06 00 01 00 \"a\" 00", // with another one
                "a0 06 00 01 00 \"a\"", // UNSUBSCRIBE
                "60 02 00 01", // PUBREL
                "48 02 00 01", // PUBACK
                "51 02 00 01", // PUBREC
                "7f 02 00 01", // PUBCOMP
                "e1 00", // DISCONNECT
                "f1 00", // AUTH
                "36 06 \"a\" 00 01 00", // QoS 3
                "38 04 \"a\" 00", // DUP with QoS 0
                "c0 80 00", // a remaining length that is not minimal
                "c0 80 80 80 80 01", // of five bytes
                "c0 01 00", // bytes after the end
                "40 06 00 01 00 00 00 00", // after the properties
                "30 01 00", // a string that is cut off
                "30 03 00 05 'a'", // that is longer than its packet
            })
    void refusesWhatIsNoPacket(String bytes) {
        connect5("c").send(bytes).expect(MALFORMED).expectClosed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ed a0 80", // a surrogate
                "ed bf bf", // the last one
                "00", // U+0000
                "c0 80", // U+0000 in two bytes
                "c1 81", // a letter in two bytes
                "f4 90 80 80", // beyond U+10FFFF
                "80", // the second byte of nothing
                "c3", // the first byte alone
            })
    void refusesIllFormedTextWhereverItStands(String bytes) {
        String text = "00 %02x %s".formatted(HexText.bytes(bytes).length, bytes);
        connect5("a").packet("30", text + "00").expect(MALFORMED).expectClosed();
        connect5("b").packet("82", "00 01 00" + text + "00").expect(MALFORMED).expectClosed();
        connect5("c").packet("a2", "00 01 00" + text).expect(MALFORMED).expectClosed();
        String pair = "26 \"k\" " + text;
        connect5("d")
                .packet("30", "\"t\" %02x %s".formatted(HexText.bytes(pair).length, pair))
                .expect(MALFORMED)
                .expectClosed();
        String contentType = "03" + text;
        connect5("e")
                .packet("30", "\"t\" %02x %s".formatted(HexText.bytes(contentType).length, contentType))
                .expect(MALFORMED)
                .expectClosed();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                // directions and sequence
                "82 | 20 03 00 00 00", // CONNACK from a client
                "82 | 90 04 00 01 00 00", // SUBACK
                "82 | b0 04 00 01 00 00", // UNSUBACK
                "82 | d0 00", // PINGRESP
                "82 | f0 00", // AUTH without a method in CONNECT
                "82 | f0 08 19 06 15 00 03 'abc'", // the same with one
                // packet identifiers
                "82 | 32 06 \"a\" 00 00 00",
                "82 | 34 06 \"a\" 00 00 00",
                "82 | 82 07 00 00 00 \"a\" 00",
                "82 | a2 06 00 00 00 \"a\"",
                // topics
                "90 | 30 06 \"a/+\" 00",
                "90 | 30 04 \"#\" 00",
                "82 | 30 03 \"\" 00", // no topic and no alias
                "82 | 30 09 \"a\" 05 08 00 02 '+x'", // a response topic with a wildcard
                "94 | 30 07 \"a\" 03 23 00 00", // alias 0
                "94 | 30 07 \"a\" 03 23 00 06", // beyond the maximum
                "82 | 30 06 \"\" 03 23 00 01", // unknown
                // properties
                "82 | 30 06 \"a\" 02 0b 01", // a subscription identifier from a client
                "82 | 30 06 \"a\" 02 01 02", // a payload format that is none
                "82 | 30 08 \"a\" 04 01 00 01 00", // twice
                "81 | 30 07 \"a\" 03 21 00 01", // in the wrong packet
                "81 | 30 06 \"a\" 02 7f 00", // that does not exist
                "81 | 30 04 \"a\" 05", // a section longer than its packet
                "81 | 30 05 \"a\" 01 02", // a property cut off
                "81 | 30 05 \"a\" 80 00", // a section length that is not minimal
                // subscriptions
                "82 | 82 03 00 01 00", // no filter
                "82 | a2 03 00 01 00",
                "82 | 82 07 00 01 00 \"a\" 03", // QoS 3
                "81 | 82 07 00 01 00 \"a\" 40", // reserved options
                "81 | 82 07 00 01 00 \"a\" 80",
                "82 | 82 07 00 01 00 \"a\" 30", // retain handling 3
                "81 | 82 06 00 01 00 \"a\"", // no options
                "81 | 82 06 00 01 00 \"\" 00", // an empty filter
                "82 | 82 10 00 01 00 \"$share/g/a\" 04", // no local for a shared one
                "82 | 82 09 00 01 02 0b 00 \"a\" 00", // subscription identifier 0
                "82 | 82 0b 00 01 04 0b 01 0b 02 \"a\" 00", // two of them
                // reason codes
                "82 | 40 03 00 01 01", // PUBACK cannot say that
                "81 | 40 03 00 01 05", // which does not exist
                "82 | 62 03 00 01 80",
                "82 | e0 01 8e", // only a server takes over
                "82 | f0 01 01",
                "82 | e0 07 00 05 11 00 00 00 01", // prolongs a session that was to end with the connection
                // size
                "95 | 30 81 80 80 01",
            })
    void answersEachViolationWithItsReason(String reason, String bytes) {
        connect5("c").send(bytes).expect("e0 01 " + reason).expectClosed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 00",
                "c1 00",
                "80 05 00 01 \"a\" 00",
                "82 06 00 01 \"a\" 03",
                "82 06 00 01 \"a\" 04", // what is an option later on
                "82 02 00 01",
                "a2 02 00 01",
                "36 05 \"a\" 00 01",
                "38 03 \"a\"",
                "32 05 \"a\" 00 00",
                "30 05 \"a/+\"",
                "30 02 \"\"",
                "30 05 00 03 ed a0 80",
                "40 03 00 01 00",
                "62 03 00 01 00",
                "c0 80 00",
                "c0 01 00",
                "e0 01 00", // a DISCONNECT with a reason
                "e1 00",
                "f0 00", // AUTH
                "20 02 00 00",
                "10 0d \"MQTT\" 04 02 00 00 \"c\"", // a second CONNECT
                "30 81 80 80 01", // too large
            })
    void showsOlderClientsTheClosedConnectionOnly(String bytes) {
        connect311("c", true).send(bytes).expectClosed();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "81 | \"MQTT\" 05 03 00 00 00 \"c\"", // the reserved flag
                "81 | \"MQTT\" 05 1e 00 00 00 \"c\" 00 \"w\" \"p\"", // will QoS 3
                "81 | \"MQTT\" 05 0a 00 00 00 \"c\"", // will QoS without a will
                "81 | \"MQTT\" 05 22 00 00 00 \"c\"", // will retain without a will
                "81 | \"MQTT\" 05 06 00 00 00 \"c\" 00", // a will that is missing
                "81 | \"MQTT\" 05 82 00 00 00 \"c\"", // a user name that is missing
                "81 | \"MQTT\" 05 42 00 00 00 \"c\"", // a password that is missing
                "81 | \"MQTT\" 05 02 00 00 00 \"c\" \"u\"", // a user name without its flag
                "81 | \"MQTT\" 05 02 00 00 00", // no client identifier
                "81 | \"MQTT\" 05 02 00 00 00 00 03 ed a0 80",
                "81 | \"MQTT\" 05 82 00 00 00 \"c\" 00 01 ff",
                "81 | \"MQTT\" 05 06 00 00 00 \"c\" 00 00 01 ff \"p\"",
                "81 | \"MQTT\" 05 02 00 00 02 01 01 \"c\"", // a property of other packets
                "81 | \"MQTT\" 05 06 00 00 00 \"c\" 05 11 00 00 00 01 \"w\" \"p\"",
                "82 | \"MQTT\" 05 02 00 00 03 21 00 00 \"c\"", // receive maximum 0
                "82 | \"MQTT\" 05 02 00 00 05 27 00 00 00 00 \"c\"", // maximum packet size 0
                "82 | \"MQTT\" 05 02 00 00 02 17 02 \"c\"", // request problem information 2
                "82 | \"MQTT\" 05 02 00 00 02 19 02 \"c\"", // request response information 2
                "82 | \"MQTT\" 05 02 00 00 0a 11 00 00 00 01 11 00 00 00 01 \"c\"", // twice
                "82 | \"MQTT\" 05 02 00 00 04 16 00 01 00 \"c\"", // data without a method
                "90 | \"MQTT\" 05 06 00 00 00 \"c\" 00 \"w/#\" \"p\"",
                "90 | \"MQTT\" 05 06 00 00 00 \"c\" 00 \"\" \"p\"",
                "90 | \"MQTT\" 05 06 00 00 00 \"c\" 00 \"1/2/3/4/5/6/7/8/9/10/11\" \"p\"", // too deep
                "8c | \"MQTT\" 05 02 00 00 06 15 \"abc\" \"c\"", // a method that nobody knows
            })
    void tellsAClientWhatIsWrongWithItsConnect(String reason, String connect) {
        open().packet("10", connect).expect("20 03 00 " + reason + " 00").expectClosed();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "01 | \"MQTT\" 06 02 00 00 00 \"c\"", // a version of the future
                "01 | \"MQTT\" 03 02 00 00 \"c\"", // 3 has another name
                "01 | \"MQIsdp\" 04 02 00 00 \"c\"",
                "01 | \"MQTT\" 84 02 00 00 \"c\"", // what some bridges say
                "01 | \"mqtt\" 04 02 00 00 \"c\"",
                "02 | \"MQTT\" 04 00 00 00 \"\"", // no client identifier for a session that stays
                "02 | \"MQIsdp\" 03 02 00 00 \"\"", // MQTT 3.1 assigns none
            })
    void tellsAnOlderClientWhatItCanBeTold(String code, String connect) {
        open().packet("10", connect).expect("20 02 00 " + code).expectClosed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"MQTT\" 04 03 00 00 \"c\"", // the reserved flag
                "\"MQTT\" 04 1e 00 00 \"c\" \"w\" \"p\"",
                "\"MQTT\" 04 0a 00 00 \"c\"",
                "\"MQTT\" 04 22 00 00 \"c\"",
                "\"MQTT\" 04 42 00 00 \"c\" \"p\"", // a password without a user name
                "\"MQTT\" 04 82 00 00 \"c\"",
                "\"MQTT\" 04 02 00 00 \"c\" \"u\"",
                "\"MQTT\" 04 02 00 00",
                "\"MQTT\" 04 02 00 00 00 01 ff",
                "\"MQTT\" 04 06 00 00 \"c\" \"w/+\" \"p\"",
            })
    void closesWithoutAnAnswerToAMalformedConnectOfAnOlderClient(String connect) {
        open().packet("10", connect).expectClosed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c0 00", // PINGREQ
                "30 03 \"a\"", // PUBLISH
                "82 06 00 01 \"a\" 00", // SUBSCRIBE
                "e0 00", // DISCONNECT
                "f0 00", // AUTH
                "20 02 00 00", // CONNACK
                "12 0d \"MQTT\" 04 02 00 00 \"c\"", // CONNECT with flags
                "'GET / HTTP/1.1'",
                "16 03 01 00 f4 01 00", // TLS
            })
    void closesWithoutAnAnswerWhenSomethingElseThanConnectComesFirst(String bytes) {
        open().send(bytes).expectClosed();
    }

    @Test
    void disconnectsForASecondConnect() {
        connect5("c").sendBytes(connectBytes5("c", true, "")).expect("e0 01 82").expectClosed();
    }

    @Test
    void closesWhatSaysGoodbyeWithAnError() {
        connect5("c").send("e0 01 80").expectClosed();
    }

    @Test
    void harmsNoOtherConnection() {
        RawClient other = connect5("other");
        connect5("c").send("00 00").expect(MALFORMED).expectClosed();
        other.expectNothing();
    }
}
