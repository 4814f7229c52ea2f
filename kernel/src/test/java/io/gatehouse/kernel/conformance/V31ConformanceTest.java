package io.gatehouse.kernel.conformance;

import org.junit.jupiter.api.Test;

/** What is different in MQTT 3.1. */
class V31ConformanceTest extends WireTest {
    private RawClient connect(String id, String flags) {
        return open().packet("10", "\"MQIsdp\" 03 %s 00 00 \"%s\"".formatted(flags, name() + id));
    }

    private String t() {
        return "\"" + name() + "/t\"";
    }

    @Test
    void hasNoFlagForAPresentSession() {
        connect("c", "00").expect("20 02 00 00").drop();
        awaitGone("c");
        connect("c", "00").expect("20 02 00 00");
    }

    @Test
    void acceptsDupOnWhatAnOldClientSendsAgain() {
        RawClient client = connect("c", "02").expect("20 02 00 00");
        client.packet("82", "00 01 %s 01".formatted(t())).expect("90 03 00 01 01");
        client.packet("8a", "00 01 %s 01".formatted(t())).expect("90 03 00 01 01");
        client.packet("aa", "00 02 %s".formatted(t())).expect("b0 02 00 02");
        client.packet("34", t() + "00 03").expect("50 02 00 03");
        client.send("6a 02 00 03").expect("70 02 00 03");
    }

    @Test
    void takesTheEndOfThePacketForTheEndOfWhatTheFlagsAnnounce() {
        connect("c", "c2").expect("20 02 00 00").expectNothing();
    }

    @Test
    void takesIdentifiersThatAreLongerThanOldServersTook() {
        connect("-with-more-than-23-characters", "02").expect("20 02 00 00");
    }

    @Test
    void exchangesMessagesWithClientsOfOtherVersions() {
        RawClient old = connect("old", "02").expect("20 02 00 00");
        old.packet("82", "00 01 %s 02".formatted(t())).expect("90 03 00 01 02");
        RawClient present = connect5("new");
        present.packet("82", "00 01 00 %s 02".formatted(t())).expect("90 04 00 01 00 02");

        present.packet("32", t() + "00 01 0e 26 \"k\" \"v\" 02 00 00 00 09 01 01 'x'")
                .receive();

        old.expect("32 09 %s 00 01 'x'".formatted(t())).send("40 02 00 01");
        old.packet("34", t() + "00 07 'y'").expect("34 09 %s 00 02 'y'".formatted(t()), "50 02 00 07");
    }

    @Test
    void refusesFiltersWithAFailureThatClientsOfTheFieldKnow() {
        connect("c", "02")
                .expect("20 02 00 00")
                .packet("82", "00 01 \"a/#/b\" 00")
                .expect("90 03 00 01 80");
    }
}
