package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static io.gatehouse.kernel.fakes.Messages.retained;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.TestFeatures;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of a listener with a mountpoint: {@code one} and {@code peer} behind t/, {@code two} behind u/, {@code all} behind none. */
class MountedClientsTest {
    private final TestBroker broker =
            new TestBroker(TestFeatures.rewrite(TestFeatures.rule("up/#", "^up/(.+)$", "../$1")));
    private final TestClient one = broker.connect(connect5("one", true, 100), "t/");
    private final TestClient peer = broker.connect(connect5("peer", true, 0), "t/");
    private final TestClient two = broker.connect(connect5("two", true, 0), "u/");
    private final TestClient all = broker.connect(connect5("all", true, 0));

    @BeforeEach
    void watch() {
        all.subscribe("#", Qos.AT_LEAST_ONCE);
    }

    private static void publish(TestClient from, String topic, String text) {
        from.publish(message(topic, text, Qos.AT_LEAST_ONCE), 1);
    }

    private static void retain(TestClient from, String topic, String text) {
        from.publish(retained(topic, text, Qos.AT_LEAST_ONCE), 1);
    }

    private void assertNobodyElseGot(TestClient... expected) {
        List<TestClient> got = List.of(expected);
        for (TestClient client : List.of(one, peer, two)) {
            if (!got.contains(client)) {
                assertThat(client.link.messages()).isEmpty();
            }
        }
    }

    @Test
    void seeEachOtherUnderTheirOwnNames() {
        one.subscribe("a/+", Qos.AT_LEAST_ONCE);
        two.subscribe("a/+", Qos.AT_LEAST_ONCE);

        publish(peer, "a/b", "m");

        assertThat(one.link.messages()).containsExactly("a/b=m");
        assertThat(all.link.messages()).containsExactly("t/a/b=m");
        assertNobodyElseGot(one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#", "+/#", "+", "+/+", "t/#", "../#", "../t/#", "/#", "//t/#", "u/#", "../u/a", "./../u/a"})
    void reachNothingOutsideWhateverTheyAskFor(String filter) {
        one.subscribe(filter, Qos.AT_LEAST_ONCE);

        publish(all, "a", "1");
        publish(all, "t", "2");
        publish(all, "tt/a", "3");
        publish(two, "a", "4");
        publish(two, "t/a", "5");
        publish(all, "..", "6");
        publish(all, "/t/a", "7");
        broker.core.broker().publish(message("$SYS/broker/x", "8", Qos.AT_LEAST_ONCE));
        broker.core.broker().publish(message("t/$SYS/x", "9", Qos.AT_LEAST_ONCE));
        broker.settle();

        assertNobodyElseGot();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "../u/a", "/u/a", "u/a", "..", "t/a", "up/u/a"})
    void publishNothingOutsideWhateverTheyCallIt(String topic) {
        two.subscribe("#", Qos.AT_LEAST_ONCE);

        publish(one, topic, "m");

        assertThat(all.link.messages()).singleElement().asString().startsWith("t/");
        assertNobodyElseGot();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$SYS/broker/x", "$a", "$share/g/a", "$queue/a", "$exclusive/a", "$delayed/0/$a", "$", "$u/a"})
    void haveNoTopicsThatBeginWithADollar(String topic) {
        assertThat(one.publish(message(topic, "m", Qos.AT_LEAST_ONCE), 1)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(all.link.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$SYS/#", "$a", "$share/g/$SYS/#", "$queue/$SYS/#", "$exclusive/$SYS/broker/version"})
    void subscribeToNoTopicsThatBeginWithADollar(String filter) {
        assertThat(one.subscribe(filter, Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(broker.statistics().subscriptions()).isEqualTo(1); // that of all
    }

    @Test
    void findTheirOwnRetainedMessagesOnly() {
        retain(one, "a", "mine");
        retain(two, "a", "theirs");
        retain(all, "a", "everybody's");
        retain(all, "t", "the root");

        peer.subscribe("#", Qos.AT_LEAST_ONCE);

        assertThat(peer.link.messages()).containsExactly("a=mine");
    }

    @Test
    void clearNoRetainedMessageOutside() {
        retain(two, "a", "theirs");

        retain(one, "a", "");
        retain(one, "../u/a", "");
        TestClient late = broker.connect(connect5("late", true, 0), "u/");
        late.subscribe("a", Qos.AT_LEAST_ONCE);

        assertThat(late.link.messages()).containsExactly("a=theirs");
    }

    @ParameterizedTest
    @CsvSource({"$share/g/a", "$queue/a", "$share/g/#", "$queue/+"})
    void shareWithNobodyOutside(String filter) {
        one.subscribe(filter, Qos.AT_LEAST_ONCE);
        two.subscribe(filter, Qos.AT_LEAST_ONCE);

        publish(peer, "a", "1");
        publish(peer, "a", "2");

        assertThat(one.link.messages()).containsExactly("a=1", "a=2");
        assertNobodyElseGot(one);
    }

    @Test
    void takeNoExclusiveTopicOfOthers() {
        assertThat(one.subscribe("$exclusive/a", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        assertThat(peer.subscribe("$exclusive/a", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(two.subscribe("$exclusive/a", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        publish(peer, "a", "m");

        assertThat(one.link.messages()).containsExactly("a=m");
        assertNobodyElseGot(one);
        assertThat(one.unsubscribe("$exclusive/a")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(peer.subscribe("$exclusive/a", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void delayWithinTheirPart() {
        one.subscribe("#", Qos.AT_LEAST_ONCE);
        publish(peer, "$delayed/5/a", "m");
        peer.lose();

        broker.advance(Duration.ofSeconds(5));
        broker.until(() -> !one.link.messages().isEmpty());

        assertThat(one.link.messages()).containsExactly("a=m");
        assertThat(all.link.messages()).containsExactly("t/a=m");
    }

    @Test
    void leaveTheirWillInTheirPart() {
        one.subscribe("#", Qos.AT_LEAST_ONCE);
        broker.connect(connect5("d", true, 0, new Will(message("w", "m", Qos.AT_MOST_ONCE), 0)), "t/")
                .lose();
        broker.until(() -> !one.link.messages().isEmpty());

        assertThat(one.link.messages()).containsExactly("w=m");
        assertThat(all.link.messages()).containsExactly("t/w=m");
    }

    @Test
    void leaveNoWillThatBeginsWithADollar() {
        broker.connect(connect5("d", true, 0, new Will(message("$a", "m", Qos.AT_MOST_ONCE), 0)), "t/")
                .lose();
        broker.until(() -> broker.statistics().publishesRefused() == 1);

        assertThat(all.link.messages()).isEmpty();
    }

    @Test
    void unsubscribeByTheirOwnNames() {
        one.subscribe("a", Qos.AT_LEAST_ONCE);

        assertThat(one.unsubscribe("t/a")).isEqualTo(ReasonCode.NO_SUBSCRIPTION_EXISTED);
        assertThat(one.unsubscribe("a")).isEqualTo(ReasonCode.SUCCESS);
        publish(peer, "a", "m");
        assertNobodyElseGot();
    }

    @Test
    void areAuthorizedByTheirOwnNamesAtEveryTime() {
        List<String> asked = new CopyOnWriteArrayList<>();
        broker.plugins.authorizer((of, action) -> {
            if (of.clientId().equals("one")) {
                asked.add(action.topic());
            }
            return Decision.ALLOW;
        });
        broker.settle(); // what was subscribed to before has been looked at
        one.subscribe(Subscription.of("a/#", Qos.AT_LEAST_ONCE), Subscription.of("$share/g/b", Qos.AT_LEAST_ONCE));
        publish(one, "c", "m");
        assertThat(asked).containsExactly("a/#", "b", "c");
        asked.clear();
        broker.revocation.changedForAll();

        broker.until(() -> asked.size() == 2);
        assertThat(asked).containsExactlyInAnyOrder("a/#", "b");
    }

    @Test
    void loseWhatThePolicyTakesAwayUnderTheirOwnNames() {
        one.subscribe("a", Qos.AT_LEAST_ONCE);
        broker.plugins.authorizer((of, action) -> action.topic().equals("a") ? Decision.DENY : Decision.ALLOW);
        broker.until(() -> broker.statistics().subscriptions() == 1);
        broker.plugins.authorizer((of, action) -> Decision.ALLOW);

        publish(peer, "a", "m");

        assertNobodyElseGot();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areInterceptedUnderTheirOwnNames(boolean blocking) {
        List<String> seen = new CopyOnWriteArrayList<>();
        one.subscribe("#", Qos.AT_LEAST_ONCE);
        broker.plugins.publish(Gate.of(
                "i",
                (of, sent) -> {
                    seen.add("publish " + sent.topic());
                    return Verdict.forward(sent.withTopic("b/" + sent.topic()));
                },
                blocking));
        broker.plugins.delivery(Gate.of(
                "i",
                (of, sent) -> {
                    seen.add(of.clientId() + " " + sent.topic());
                    return Verdict.forward(sent);
                },
                blocking));

        publish(peer, "a", "m");
        broker.until(
                () -> one.link.messages().size() == 1 && all.link.messages().size() == 1);

        assertThat(seen).containsExactlyInAnyOrder("publish a", "one b/a", "all t/b/a");
        assertThat(one.link.messages()).containsExactly("b/a=m");
    }

    @Test
    void cannotBeLedOutsideByAnInterceptor() {
        broker.plugins.publish(Gate.of("i", (of, sent) -> Verdict.forward(sent.withTopic("$SYS/x")), false));

        assertThat(one.publish(message("a", "m", Qos.AT_LEAST_ONCE), 1)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void areAnsweredWithinTheirPart() {
        one.subscribe("#", Qos.AT_LEAST_ONCE);
        publish(peer, asking("a", "reply/1"));
        publish(all, asking("t/a", "t/reply/2"));
        publish(all, asking("t/a", "u/reply/3"));

        assertThat(one.link.sent(Publish.class))
                .extracting(sent ->
                        Objects.requireNonNullElse(sent.message().properties().responseTopic(), "none"))
                .containsExactly("reply/1", "reply/2", "none");
        assertThat(all.link
                        .sent(Publish.class)
                        .getFirst()
                        .message()
                        .properties()
                        .responseTopic())
                .isEqualTo("t/reply/1");
    }

    private static Message asking(String topic, @Nullable String response) {
        return message(topic, "m", Qos.AT_LEAST_ONCE)
                .withProperties(
                        new MessageProperties(false, MessageProperties.NO_EXPIRY, null, response, null, List.of()));
    }

    private static void publish(TestClient from, Message message) {
        from.sendAndWait(new Publish(message, false, 1, 0, List.of()));
    }

    @Test
    void haveARoomOfTheirOwnWhenTheMountpointNamesThem() {
        TestClient a = broker.connect(connect5("a", true, 0), "clients/${clientid}");
        TestClient b = broker.connect(connect5("b", true, 0), "clients/${clientid}");
        b.subscribe("#", Qos.AT_LEAST_ONCE);

        publish(a, "x", "m");
        assertThat(all.link.messages()).containsExactly("clients/a/x=m");
        publish(all, "clients/b/y", "m");

        assertThat(b.link.messages()).containsExactly("y=m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "#", "..%/one", "a/b"})
    void areRefusedWhenTheirNameCannotStandInTheMountpoint(String clientId) {
        String id = clientId.replace("%", "");
        TestClient client = broker.connect(connect5(id, true, 0), "clients/${clientid}/");

        assertThat(client.connAck().reason()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(client.link.closed).isTrue();
    }

    /** What a session holds stays in its part of the tree; whoever comes through another door gets a new one. */
    @Test
    void takeNoSessionFromOnePartToAnother() {
        one.subscribe("a", Qos.AT_LEAST_ONCE);
        one.lose();
        publish(peer, "a", "kept for t");

        Connect connect = connect5("one", false, 100);
        TestClient other = broker.connect(connect, "u/");
        assertThat(other.connAck().sessionPresent()).isFalse();
        publish(peer, "a", "m");
        publish(two, "a", "m");

        assertThat(other.link.messages()).isEmpty();
    }

    @Test
    void resumeTheirSessionInTheSamePart() {
        one.subscribe("a", Qos.AT_LEAST_ONCE);
        one.lose();
        publish(peer, "a", "kept");

        TestClient again = broker.connect(connect5("one", false, 100), "t/");

        assertThat(again.connAck().sessionPresent()).isTrue();
        assertThat(again.link.messages()).containsExactly("a=kept");
    }

    /** "t/#" selects "t" too, and what others publish to "t/$x"; neither has a name behind the mountpoint. */
    @Test
    void whatHasNoNameBehindTheMountpointIsNotSaidToBeTooLarge() {
        one.subscribe("#", Qos.AT_LEAST_ONCE);

        publish(all, "t", "m");
        publish(all, "t/$x", "m");

        assertNobodyElseGot();
        assertThat(broker.core.bounds().get().dropped())
                .containsEntry("refused", 2L)
                .containsEntry("too-large", 0L);
    }
}
