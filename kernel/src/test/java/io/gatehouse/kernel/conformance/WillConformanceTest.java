package io.gatehouse.kernel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.codec.HexText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wills (MQTT 5.0 sections 3.1.2.5, 3.1.3.2 and 3.14.4). */
class WillConformanceTest extends WireTest {
    private static final String EXPIRY_100 = "11 00 00 00 64";

    private String t() {
        return "\"" + name() + "/w\"";
    }

    private RawClient watcher() {
        return connect5("watch").packet("82", "00 01 00 %s 0a".formatted(t())).expect("90 04 00 01 00 02");
    }

    private RawClient client(String flags, String properties, String willProperties) {
        RawClient client = open();
        client.packet(
                "10",
                "\"MQTT\" 05 %s 00 00 %02x %s \"%sc\" %02x %s %s \"bye\""
                        .formatted(
                                flags,
                                HexText.bytes(properties).length,
                                properties,
                                name(),
                                HexText.bytes(willProperties).length,
                                willProperties,
                                t()));
        assertThat(client.receive()).matches("20 .. 0[01] 00 .*");
        return client;
    }

    private void assertSent(RawClient watcher) {
        watcher.expect("30 0a %s 00 'bye'".formatted(t())).expectNothing();
    }

    @Test
    void isSentWhenTheConnectionIsLost() {
        RawClient watcher = watcher();
        client("06", "", "").drop();
        assertSent(watcher);
    }

    @Test
    void isForgottenAfterANormalDisconnect() {
        RawClient watcher = watcher();
        client("06", "", "").disconnect();
        awaitGone("c");
        watcher.expectNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"e0 01 04", "e0 01 80", "e0 01 81", "00 00"})
    void isSentAfterAnyOtherEnd(String end) {
        RawClient watcher = watcher();
        client("06", "", "").send(end);
        assertSent(watcher);
    }

    @Test
    void isSentWhenAnotherConnectionTakesOver() {
        RawClient watcher = watcher();
        client("06", "", "");
        connect5("c");
        assertSent(watcher);
    }

    @Test
    void isSentWithItsQosAndRetained() {
        RawClient watcher = watcher();
        client("36", "", "").drop();
        watcher.expect("35 0c %s 00 01 00 'bye'".formatted(t()));
        connect5("late")
                .packet("82", "00 01 00 %s 00".formatted(t()))
                .expect("90 04 00 01 00 00", "31 0a %s 00 'bye'".formatted(t()));
    }

    @Test
    void isSentWithItsPropertiesInTheirOrder() {
        RawClient watcher = watcher();
        String properties = "26 \"b\" \"1\" 26 \"a\" \"2\" 26 \"b\" \"3\"";
        client("06", "", properties).drop();
        watcher.expect("30 1f %s 15 %s 'bye'".formatted(t(), properties));
    }

    @Test
    void isSentAtTheEndOfTheSessionWhenThatComesBeforeTheDelay() {
        RawClient watcher = watcher();
        client("06", "", "18 00 00 00 64").drop();
        assertSent(watcher);
    }

    @Test
    void isSentAfterItsDelay() {
        RawClient watcher = watcher();
        client("06", EXPIRY_100, "18 00 00 00 01").drop();
        awaitGone("c");
        watcher.expectNothing();
        assertSent(watcher);
    }

    @Test
    void isForgottenWhenTheClientComesBackWithinTheDelay() {
        RawClient watcher = watcher();
        client("06", EXPIRY_100, "18 00 00 00 01").drop();
        awaitGone("c");
        connect5("c", false, EXPIRY_100).expectNothing();
        client("06", EXPIRY_100, "").drop();
        assertSent(watcher);
    }

    @Test
    void isSentWhenTheClientComesBackWithACleanStart() {
        RawClient watcher = watcher();
        client("06", EXPIRY_100, "18 00 00 00 64").drop();
        awaitGone("c");
        connect5("c");
        assertSent(watcher);
    }

    @Test
    void mayBeEmptyAndThenRemovesWhatWasRetained() {
        connect5("r").packet("31", t() + "00 'r'").disconnect();
        RawClient client = open();
        client.packet("10", "\"MQTT\" 04 26 00 00 \"%sc\" %s \"\"".formatted(name(), t()))
                .expect("20 02 00 00");
        RawClient watcher = watcher().expect("31 08 %s 00 'r'".formatted(t()));
        client.drop();
        watcher.expect("31 07 %s 00".formatted(t()));
        connect5("late")
                .packet("82", "00 01 00 %s 00".formatted(t()))
                .expect("90 04 00 01 00 00")
                .expectNothing();
    }
}
