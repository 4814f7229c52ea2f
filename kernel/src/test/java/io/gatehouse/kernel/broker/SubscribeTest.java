package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect311;
import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static io.gatehouse.kernel.fakes.Messages.retained;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.Subscription.RetainHandling;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SUBSCRIBE and UNSUBSCRIBE (MQTT 5.0 sections 3.8 and 3.10). */
class SubscribeTest {
    private final TestBroker broker = new TestBroker();
    private final TestClient client = broker.connect(connect5("c", true, 0));

    private void publish(String topic, String text) {
        broker.core.broker().publish(message(topic, text, Qos.EXACTLY_ONCE));
        broker.settle();
    }

    private void retain(String topic, String text) {
        broker.core.broker().publish(retained(topic, text, Qos.EXACTLY_ONCE));
        broker.settle();
    }

    @Test
    void grantsWhatWasAskedForAndLowersMessagesToIt() {
        List<ReasonCode> reasons = client.subscribe(
                Subscription.of("0", Qos.AT_MOST_ONCE),
                Subscription.of("1", Qos.AT_LEAST_ONCE),
                Subscription.of("2", Qos.EXACTLY_ONCE));
        List.of("0", "1", "2").forEach(topic -> publish(topic, "m"));

        assertThat(reasons).containsExactly(ReasonCode.SUCCESS, ReasonCode.GRANTED_QOS_1, ReasonCode.GRANTED_QOS_2);
        assertThat(client.link.sent(Publish.class))
                .extracting(publish -> publish.message().qos())
                .containsExactly(Qos.AT_MOST_ONCE, Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$share/g", "$share//a", "$share/g/a#", "1/2/3/4/5/6/7"})
    void refusesFiltersThatAreNone(String filter) {
        assertThat(client.subscribe(filter, Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
        assertThat(broker.statistics().subscriptions()).isZero();
    }

    @Test
    void judgesEachFilterOnItsOwn() {
        broker.plugins.authorizer((of, action) -> action.topic().equals("no") ? Decision.DENY : Decision.ALLOW);

        assertThat(client.subscribe(
                        Subscription.of("no", Qos.AT_MOST_ONCE),
                        Subscription.of("yes", Qos.AT_MOST_ONCE),
                        Subscription.of("$share/g/no", Qos.AT_MOST_ONCE)))
                .containsExactly(ReasonCode.NOT_AUTHORIZED, ReasonCode.SUCCESS, ReasonCode.NOT_AUTHORIZED);
        assertThat(client.link.closed).isFalse();
    }

    @Test
    void disconnectsWhoeverTriesWhatItMayNotIfConfigured() {
        TestBroker strict = new TestBroker(TestConfigs.of(TestConfigs.MQTT, true), Durability.IN_MEMORY);
        TestClient trying = strict.connect(connect5("c", true, 0));
        strict.plugins.authorizer((of, action) -> Decision.DENY);
        trying.link.take();

        trying.send(new Subscribe(1, List.of(Subscription.of("a", Qos.AT_MOST_ONCE)), 0, List.of()));

        assertThat(trying.link.sent()).containsExactly(new Disconnect(ReasonCode.NOT_AUTHORIZED));
    }

    @Test
    void boundsTheSubscriptionsOfASession() {
        IntStream.range(0, 8).forEach(i -> client.subscribe("a/" + i, Qos.AT_MOST_ONCE));

        assertThat(client.subscribe("a/8", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(client.subscribe("a/7", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        assertThat(broker.statistics().subscriptions()).isEqualTo(8);
    }

    @Test
    void replacesASubscriptionWithTheSameFilter() {
        client.send(new Subscribe(1, List.of(Subscription.of("a", Qos.AT_MOST_ONCE)), 4, List.of()));
        client.send(new Subscribe(2, List.of(Subscription.of("a", Qos.AT_LEAST_ONCE)), 5, List.of()));
        client.link.take();

        publish("a", "m");

        Publish only = client.link.sent(Publish.class).getFirst();
        assertThat(client.link.sent()).hasSize(1);
        assertThat(only.message().qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(only.subscriptionIds()).containsExactly(5);
    }

    @Test
    void sendsRetainedMessagesAfterTheSuback() {
        retain("a/1", "one");
        retain("a/2", "two");
        client.link.take();

        client.subscribe("a/+", Qos.AT_LEAST_ONCE);

        assertThat(client.link.sent().getFirst()).isNotInstanceOf(Publish.class);
        assertThat(client.link.payloads()).containsExactlyInAnyOrder("one", "two");
        assertThat(client.link.sent(Publish.class))
                .allMatch(publish -> publish.message().retain());
    }

    @Test
    void obeysTheRetainHandling() {
        retain("a", "m");
        Subscription never = new Subscription("a", Qos.AT_MOST_ONCE, false, false, RetainHandling.DO_NOT_SEND);
        Subscription ifNew = new Subscription("+", Qos.AT_MOST_ONCE, false, false, RetainHandling.SEND_IF_NEW);

        client.subscribe(never);
        assertThat(client.link.payloads()).isEmpty();
        client.subscribe(ifNew);
        client.subscribe(ifNew);
        assertThat(client.link.payloads()).containsExactly("m");
        client.subscribe("#", Qos.AT_MOST_ONCE);
        client.subscribe("#", Qos.AT_MOST_ONCE);
        assertThat(client.link.payloads()).containsExactly("m", "m", "m");
    }

    @Test
    void sendsNoRetainedMessagesToSharedSubscriptions() {
        retain("a", "m");

        client.subscribe("$share/g/a", Qos.AT_MOST_ONCE);

        assertThat(client.link.payloads()).isEmpty();
    }

    @Test
    void showsTheRetainFlagOnlyToThoseWhoAskForIt() {
        client.subscribe("a", Qos.AT_MOST_ONCE);
        client.subscribe(new Subscription("b", Qos.AT_MOST_ONCE, false, true, RetainHandling.SEND));

        retain("a", "m");
        retain("b", "m");

        assertThat(client.link.sent(Publish.class))
                .extracting(publish -> publish.message().retain())
                .containsExactly(false, true);
    }

    @Test
    void unsubscribes() {
        client.subscribe("a", Qos.AT_MOST_ONCE);
        client.subscribe("$share/g/a", Qos.AT_MOST_ONCE);

        assertThat(client.unsubscribe("a")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(client.unsubscribe("$share/g/a")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(client.unsubscribe("a")).isEqualTo(ReasonCode.NO_SUBSCRIPTION_EXISTED);
        publish("a", "m");
        assertThat(client.link.payloads()).isEmpty();
        assertThat(broker.statistics().subscriptions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unsubscribesByTheNameThatTheClientKnowsWhenAnInterceptorChangedIt(boolean blocking) {
        broker.plugins.subscribe(Gate.of(
                "i",
                (of, subscription) -> Verdict.forward(subscription.withFilter("tenant/" + subscription.filter())),
                blocking));
        client.subscribe("a", Qos.AT_MOST_ONCE);
        publish("tenant/a", "1");

        assertThat(client.unsubscribe("a")).isEqualTo(ReasonCode.SUCCESS);

        publish("tenant/a", "2");
        assertThat(client.link.payloads()).containsExactly("1");
    }

    @Test
    void followsAnInterceptorThatChangesAFilterOtherwiseTheNextTime() {
        AtomicBoolean moved = new AtomicBoolean();
        broker.plugins.subscribe(Gate.of(
                "i",
                (of, subscription) -> Verdict.forward(subscription.withFilter(moved.get() ? "new" : "old")),
                false));
        client.subscribe("a", Qos.AT_MOST_ONCE);
        moved.set(true);
        client.subscribe("a", Qos.AT_MOST_ONCE);

        publish("old", "1");
        publish("new", "2");

        assertThat(client.link.payloads()).containsExactly("2");
    }

    @Test
    void doesWhatASubscribeInterceptorSays() {
        broker.plugins.subscribe(Gate.of(
                "i",
                (of, subscription) -> switch (subscription.filter()) {
                    case "drop" -> Verdict.drop();
                    case "reject" -> Verdict.reject(ReasonCode.QUOTA_EXCEEDED, "no");
                    case "spoil" -> Verdict.forward(subscription.withFilter("$share/g"));
                    default -> Verdict.forward(subscription);
                },
                false));

        assertThat(client.subscribe("drop", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(client.subscribe("reject", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(client.subscribe("spoil", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
        assertThat(broker.statistics().subscriptions()).isZero();
    }

    /** A subscription that is not there yet is not looked at when the policy changes. */
    @Test
    void judgesAgainWhenThePolicyChangesDuringTheJudgement() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean denied = new AtomicBoolean();
        broker.plugins.authorization(Gate.of(
                "authz-test",
                (of, action) -> {
                    Decision decision = denied.get() ? Decision.DENY : Decision.ALLOW;
                    asked.countDown();
                    goOn.await();
                    return decision;
                },
                true));
        client.send(new Subscribe(1, List.of(Subscription.of("a", Qos.AT_MOST_ONCE)), 0, List.of()));
        asked.await();
        denied.set(true);
        broker.revocation.changedForAll();
        goOn.countDown();

        broker.until(() -> !client.link.paused);

        assertThat(client.link.sent(SubAck.class))
                .singleElement()
                .satisfies(ack -> assertThat(ack.reasons()).containsExactly(ReasonCode.NOT_AUTHORIZED));
        assertThat(broker.statistics().subscriptions()).isZero();
    }

    @Test
    void worksForOlderClients() {
        TestClient old = broker.connect(connect311("old", true));

        assertThat(old.subscribe("a", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    /** The window takes one message, so the second retained message waits, and a newer one of its topic comes first. */
    @Test
    void sendsNoRetainedMessageBehindANewerOneOfItsTopic() {
        retain("a/1", "old");
        retain("a/2", "old");
        TestClient slow = broker.connect(slow());
        slow.subscribe("a/+", Qos.AT_LEAST_ONCE);
        String first = slow.link.messages().getFirst();
        String other = first.startsWith("a/1") ? "a/2" : "a/1";

        retain(other, "new");
        acknowledgeAll(slow);

        assertThat(slow.link.messages()).containsExactly(first, other + "=new");
    }

    @Test
    void sendsNoRetainedMessageThatWasDeletedBeforeItsTurnCame() {
        retain("a/1", "old");
        retain("a/2", "old");
        TestClient slow = broker.connect(slow());
        slow.subscribe("a/+", Qos.AT_LEAST_ONCE);
        String first = slow.link.messages().getFirst();
        String other = first.startsWith("a/1") ? "a/2" : "a/1";

        retain(other, "");
        slow.lose();
        TestClient again = broker.connect(slow());
        acknowledgeAll(again);

        assertThat(again.link.messages()).contains(first).doesNotContain(other + "=old");
    }

    /** A client that takes one message at a time. */
    private static Connect slow() {
        return new Connect(
                MqttVersion.V5,
                false,
                60,
                "slow",
                "user",
                null,
                null,
                new ConnectProperties(100, 1, 1 << 20, 0, false, true, List.of(), null, null));
    }

    private static void acknowledgeAll(TestClient client) {
        for (int acknowledged = 0;
                acknowledged < client.link.sent(Publish.class).size();
                acknowledged++) {
            client.send(
                    new PubAck(client.link.sent(Publish.class).get(acknowledged).packetId()));
        }
    }
}
