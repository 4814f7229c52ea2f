package io.gatehouse.kernel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Shared subscriptions (MQTT 5.0 section 4.8.2). */
class SharedConformanceTest extends WireTest {
    private static final String STAYS = "11 00 00 00 64";

    private String t() {
        return "\"" + name() + "/t\"";
    }

    private RawClient member(String id, String properties, int qos) {
        return connect5(id, false, properties)
                .packet("82", "00 01 00 \"$share/g/%s/t\" %02x".formatted(name(), qos))
                .expect("90 04 00 01 00 %02x".formatted(qos));
    }

    private RawClient publisher() {
        return connect5("p");
    }

    private void publish(RawClient client, int qos, String text) {
        client.packet("%02x".formatted(0x30 | qos << 1), "%s %s 00 '%s'".formatted(t(), qos == 0 ? "" : "00 07", text));
        if (qos > 0) {
            client.receive();
        }
        if (qos > 1) {
            client.send("62 02 00 07").receive();
        }
    }

    @Test
    void givesEachMessageToOneMemberAndItsOwnCopyToEachGroup() {
        RawClient one = member("1", "", 0);
        RawClient two = member("2", "", 0);
        RawClient other = connect5("o").packet("82", "00 01 00 \"$share/h/%s/t\" 00".formatted(name()));
        RawClient alone = connect5("a").packet("82", "00 01 00 %s 00".formatted(t()));
        other.expect("90 04 00 01 00 00");
        alone.expect("90 04 00 01 00 00");
        RawClient publisher = publisher();

        publish(publisher, 0, "a");
        publish(publisher, 0, "b");

        String toOne = one.receive();
        String toTwo = two.receive();
        assertThat(toOne).isNotEqualTo(toTwo);
        one.expectNothing();
        two.expectNothing();
        for (RawClient each : new RawClient[] {other, alone}) {
            each.expect("30 08 %s 00 'a'".formatted(t()), "30 08 %s 00 'b'".formatted(t()))
                    .expectNothing();
        }
    }

    @Test
    void sendsNoRetainedMessages() {
        publisher().packet("31", t() + "00 'r'").expectNothing();
        member("1", "", 0).expectNothing();
    }

    @Test
    void keepsToTheQosOfEachMember() {
        RawClient one = member("1", "", 0);
        RawClient publisher = publisher();
        publish(publisher, 2, "a");
        one.expect("30 08 %s 00 'a'".formatted(t()));
        one.disconnect();
        awaitGone("1");
        RawClient two = member("2", "", 1);
        publish(publisher, 2, "b");
        two.expect("32 0a %s 00 01 00 'b'".formatted(t()));
    }

    @Test
    void tellsTheSubscriptionIdentifier() {
        RawClient one = connect5("1").packet("82", "00 01 02 0b 07 \"$share/g/%s/t\" 00".formatted(name()));
        one.expect("90 04 00 01 00 00");
        publish(publisher(), 0, "a");
        one.expect("30 0a %s 02 0b 07 'a'".formatted(t()));
    }

    @Test
    void keepsAQos2MessageForTheMemberThatMayHaveReceivedIt() {
        RawClient one = member("1", STAYS, 2);
        publish(publisher(), 2, "a");
        one.expect("34 0a %s 00 01 00 'a'".formatted(t()));
        one.drop();
        awaitGone("1");
        RawClient two = member("2", "", 2).expectNothing();

        RawClient again = connect5("1", false, STAYS);
        again.expect("3c 0a %s 00 01 00 'a'".formatted(t()));
        two.expectNothing();
    }

    @Test
    void givesAQos2MessageThatWasSentToNobodyElseWhenTheSessionEnds() {
        RawClient one = member("1", "", 2);
        publish(publisher(), 2, "a");
        one.expect("34 0a %s 00 01 00 'a'".formatted(t()));
        RawClient two = member("2", "", 2);
        one.disconnect();
        awaitGone("1");
        two.expectNothing();
    }

    @Test
    void givesAQos1MessageThatWasNotAcknowledgedToAnotherMemberWhenTheSessionEnds() {
        RawClient one = member("1", "", 2);
        publish(publisher(), 1, "a");
        one.expect("32 0a %s 00 01 00 'a'".formatted(t()));
        RawClient two = member("2", "", 2);
        one.disconnect();
        two.expect("32 0a %s 00 01 00 'a'".formatted(t()));
    }

    @Test
    void givesWhatWasNeverSentToAnotherMemberWhenTheSessionEnds() {
        RawClient one = member("1", "21 00 01", 2);
        RawClient publisher = publisher();
        publish(publisher, 2, "a");
        publish(publisher, 2, "b");
        publish(publisher, 1, "c");
        one.expect("34 0a %s 00 01 00 'a'".formatted(t())).expectNothing();
        RawClient two = member("2", "", 1);
        one.drop();
        two.expect("32 0a %s 00 01 00 'b'".formatted(t()), "32 0a %s 00 02 00 'c'".formatted(t()));
        two.expectNothing();
    }

    @Test
    void givesAMessageThatWasRefusedToNobodyElse() {
        RawClient one = member("1", "", 2);
        publish(publisher(), 1, "a");
        publish(connect5("q"), 2, "b");
        one.expect("32 0a %s 00 01 00 'a'".formatted(t()), "34 0a %s 00 02 00 'b'".formatted(t()));
        RawClient two = member("2", "", 2);
        one.send("40 03 00 01 80 50 03 00 02 80").expectNothing();
        one.disconnect();
        awaitGone("1");
        two.expectNothing();
    }

    @Test
    void prefersMembersThatAreConnectedAndKeepsForThoseThatComeBack() {
        member("1", STAYS, 1).disconnect();
        awaitGone("1");
        RawClient two = member("2", "", 1);
        RawClient publisher = publisher();
        publish(publisher, 1, "a");
        publish(publisher, 1, "b");
        two.expect("32 0a %s 00 01 00 'a'".formatted(t()), "32 0a %s 00 02 00 'b'".formatted(t()));
        two.send("40 02 00 01 40 02 00 02").expectNothing();
        two.disconnect();
        awaitGone("2");
        publish(publisher, 1, "c");
        connect5("1", false, STAYS).expect("32 0a %s 00 01 00 'c'".formatted(t()));
    }
}
