package io.gatehouse.kernel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SUBSCRIBE and UNSUBSCRIBE (MQTT 5.0 sections 3.8 to 3.11 and 4.7). */
class SubscribeConformanceTest extends WireTest {
    private static final int NO_LOCAL = 0x04;
    private static final int AS_PUBLISHED = 0x08;
    private static final int IF_NEW = 0x10;
    private static final int NEVER = 0x20;

    private String t(String rest) {
        return "\"" + name() + rest + "\"";
    }

    private RawClient subscribe(RawClient client, String filter, int options) {
        return client.packet("82", "00 01 00 %s %02x".formatted(t(filter), options))
                .expect("90 04 00 01 00 %02x".formatted(options & 3));
    }

    private void retain(String topic, String text) {
        connect5("r").packet("33", "%s 00 01 00 '%s'".formatted(t(topic), text)).receive();
    }

    @Test
    void answersEachFilterInItsOrder() {
        connect5("c")
                .packet("82", "01 02 00 \"a\" 02 \"a/#/b\" 00 \"b\" 01 \"c+\" 00 \"$share/g\" 00 \"c\" 00")
                .expect("90 09 01 02 00 02 8f 01 8f 8f 00");
        connect311("d", true)
                .packet("82", "01 02 \"a\" 02 \"a/#/b\" 00 \"b\" 01 \"c\" 00")
                .expect("90 06 01 02 02 80 01 00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#a",
                "a#",
                "a/#/",
                "a/b#",
                "+a",
                "a+",
                "a/+b/c",
                "##",
                "++",
                "#/+",
                "1/2/3/4/5/6/7/8/9/10/11",
                "$share",
                "$share/",
                "$share/g",
                "$share/g/",
                "$share//a",
                "$share/+/a",
                "$share/g+/a",
                "$share/#/a",
                "$share/g/a#"
            })
    void refusesAFilterThatIsNone(String filter) {
        connect5("c").packet("82", "00 01 00 \"%s\" 00".formatted(filter)).expect("90 04 00 01 00 8f");
    }

    @Test
    void grantsNoMoreSubscriptionsThanItMay() {
        RawClient client = connect5("c");
        for (int i = 0; i < 50; i++) {
            client.packet("82", "00 01 00 \"f%02d\" 00".formatted(i)).expect("90 04 00 01 00 00");
        }
        client.packet("82", "00 01 00 \"one more\" 00 \"f07\" 01").expect("90 05 00 01 00 97 01");
    }

    @ParameterizedTest
    @CsvSource({"0, 2, 30", "1, 0, 30", "1, 2, 32", "2, 1, 32", "2, 2, 34"})
    void lowersMessagesToTheQosThatWasGranted(int granted, int published, String first) {
        RawClient subscriber = subscribe(connect5("s"), "/t", granted);
        String id = published == 0 ? "" : "00 07";
        connect5("c").packet("%02x".formatted(0x30 | published << 1), t("/t") + id + "00");
        subscriber.expect(first.equals("30") ? "30 07 " + t("/t") + "00" : first + " 09 " + t("/t") + "00 01 00");
    }

    @Test
    void replacesASubscriptionWithTheSameFilter() {
        RawClient subscriber = subscribe(connect5("s"), "/t", 0);
        subscribe(subscriber, "/t", 1);
        connect5("c").packet("32", t("/t") + "00 07 00").expect("40 02 00 07");
        subscriber.expect("32 09 %s 00 01 00".formatted(t("/t"))).expectNothing();
    }

    @Test
    void sendsRetainedMessagesAsTheRetainHandlingSays() {
        retain("/t", "r");
        RawClient subscriber = connect5("s");
        String retained = "31 08 %s 00 'r'".formatted(t("/t"));

        subscribe(subscriber, "/t", NEVER).expectNothing();
        subscribe(subscriber, "/t", IF_NEW).expectNothing();
        subscribe(subscriber, "/t", 0).expect(retained).expectNothing();
        subscriber.packet("a2", "00 02 00 " + t("/t")).expect("b0 04 00 02 00 00");
        subscribe(subscriber, "/t", IF_NEW).expect(retained).expectNothing();
    }

    @Test
    void sendsRetainedMessagesAgainToAnOlderClientThatSubscribesAgain() {
        retain("/t", "r");
        RawClient subscriber = connect311("s", true);
        for (int i = 0; i < 2; i++) {
            subscriber.packet("82", "00 01 %s 00".formatted(t("/+"))).expect("90 03 00 01 00");
            subscriber.expect("31 07 %s 'r'".formatted(t("/t")));
        }
    }

    @Test
    void showsTheRetainFlagAsPublishedOnlyToWhoAsksForIt() {
        RawClient plain = subscribe(connect5("p"), "/t", 0);
        RawClient asPublished = subscribe(connect5("a"), "/t", AS_PUBLISHED);
        RawClient client = connect5("c");

        client.packet("31", t("/t") + "00").packet("30", t("/t") + "00");

        plain.expect("30 07 %s 00".formatted(t("/t")), "30 07 %s 00".formatted(t("/t")));
        asPublished.expect("31 07 %s 00".formatted(t("/t")), "30 07 %s 00".formatted(t("/t")));
    }

    @Test
    void sparesAClientItsOwnMessagesUntilItSubscribesWithoutNoLocal() {
        RawClient client = subscribe(connect5("c"), "/t", NO_LOCAL);
        client.packet("30", t("/t") + "00").expectNothing();
        connect5("d").packet("30", t("/t") + "00 'd'");
        client.expect("30 08 %s 00 'd'".formatted(t("/t")));

        subscribe(client, "/t", 0).packet("30", t("/t") + "00 'c'").expect("30 08 %s 00 'c'".formatted(t("/t")));
    }

    @Test
    void sparesAClientItsOwnMessagesOnLaterConnectionsToo() {
        RawClient client = subscribe(connect5("c", false, "11 00 00 00 64"), "/t", NO_LOCAL | 1);
        client.disconnect();
        RawClient again = connect5("c", false, "11 00 00 00 64");
        again.packet("32", t("/t") + "00 07 00").expect("40 02 00 07").expectNothing();
    }

    @Test
    void deliversOneCopyToOverlappingSubscriptionsWithTheHighestQosAndAllIdentifiers() {
        RawClient subscriber = connect5("s");
        subscriber.packet("82", "00 01 02 0b 05 %s 00 %s 01".formatted(t("/#"), t("/+")));
        subscriber.expect("90 05 00 01 00 00 01");
        subscriber.packet("82", "00 01 03 0b 80 01 %s 00".formatted(t("/t"))).expect("90 04 00 01 00 00");

        connect5("c").packet("34", t("/t") + "00 07 00 'x'").expect("50 02 00 07");

        String packet = subscriber.receive();
        assertThat(packet)
                .startsWith("32 11 ")
                .contains(" 0b 80 01")
                .containsPattern(" 07( 0b 80 01)?( 0b 05)( 0b 80 01)?( 0b 05)")
                .endsWith(" 78");
        subscriber.expectNothing();
    }

    @Test
    void tellsTheIdentifierOfTheSubscriptionWithRetainedMessagesToo() {
        retain("/t", "r");
        RawClient subscriber = connect5("s");
        subscriber
                .packet("82", "00 01 05 0b ff ff ff 7f %s 00".formatted(t("/t")))
                .expect("90 04 00 01 00 00");
        subscriber.expect("31 0d %s 05 0b ff ff ff 7f 'r'".formatted(t("/t")));
        subscribe(subscriber, "/t", NEVER);
        connect5("c").packet("30", t("/t") + "00");
        subscriber.expect("30 07 %s 00".formatted(t("/t")));
    }

    @Test
    void endsSubscriptionsByTheExactFilter() {
        RawClient subscriber = subscribe(connect5("s"), "/#", 0);
        subscriber
                .packet("a2", "00 02 00 %s %s %s".formatted(t("/t"), t("/#"), t("/#")))
                .expect("b0 06 00 02 00 11 00 11");
        connect5("c").packet("30", t("/t") + "00").expectNothing();
        subscriber.expectNothing();
        connect311("o", true).packet("a2", "00 03 %s".formatted(t("/t"))).expect("b0 02 00 03");
    }

    @Test
    void completesDeliveriesOfASubscriptionThatHasEnded() {
        RawClient subscriber = subscribe(connect5("s", false, "11 00 00 00 64"), "/t", 2);
        connect5("c").packet("34", t("/t") + "00 07 00").expect("50 02 00 07");
        subscriber.expect("34 09 %s 00 01 00".formatted(t("/t")));
        subscriber.packet("a2", "00 02 00 " + t("/t")).expect("b0 04 00 02 00 00");

        subscriber.send("50 02 00 01").expect("62 02 00 01").send("70 02 00 01").expectNothing();
    }

    @Test
    void keepsASubscriptionOfALongFilter() {
        String level = "x".repeat(65_000);
        RawClient subscriber = subscribe(connect5("s"), "/" + level + "/+", 0);
        connect5("c").packet("30", t("/" + level + "/y") + "00");
        assertThat(subscriber.receive()).startsWith("30 f0 fb 03 fd ed");
    }

    @Test
    void takesSharedSubscriptionsOfOlderClientsToo() {
        connect311("c", true).packet("82", "00 01 \"$share/g/a\" 01").expect("90 03 00 01 01");
    }
}
