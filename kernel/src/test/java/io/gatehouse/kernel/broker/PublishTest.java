package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect311;
import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static io.gatehouse.kernel.fakes.Messages.retained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PUBLISH from clients (MQTT 5.0 section 3.3). */
class PublishTest {
    private final TestBroker broker = new TestBroker();

    private TestClient subscriber() {
        TestClient subscriber = broker.connect(connect5("subscriber", true, 0));
        subscriber.subscribe("#", Qos.EXACTLY_ONCE);
        return subscriber;
    }

    private static Publish publish2(String text, int packetId, boolean dup) {
        return new Publish(message("a", text, Qos.EXACTLY_ONCE), dup, packetId, 0, List.of());
    }

    private void intercept(PublishInterceptor interceptor, boolean blocking) {
        broker.plugins.publish(Gate.of("i", interceptor, blocking));
    }

    @Test
    void tellsWhetherAnybodySubscribed() {
        TestClient client = broker.connect(connect5("c", true, 0));

        assertThat(client.publish(message("a", "m", Qos.AT_LEAST_ONCE), 1))
                .isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
        TestClient subscriber = subscriber();
        assertThat(client.publish(message("a", "m", Qos.EXACTLY_ONCE), 2)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(subscriber.link.payloads()).containsExactly("m");
    }

    @Test
    void takesAQos2MessageOnceHoweverOftenItIsSent() {
        TestClient subscriber = subscriber();
        TestClient client = broker.connect(connect5("c", false, 100));

        client.send(publish2("m", 1, false));
        client.send(publish2("m", 1, true));
        client.lose();
        client = broker.connect(connect5("c", false, 100));
        client.send(publish2("m", 1, true));
        client.send(new PubRel(1));
        client.send(publish2("next", 1, false));

        assertThat(subscriber.link.payloads()).containsExactly("m", "next");
        assertThat(client.link.sent(PubRec.class)).hasSize(2);
        assertThat(client.link.sent(PubComp.class)).containsExactly(new PubComp(1));
    }

    @Test
    void doesNotLoseAQos2MessageWhoseJudgementTheConnectionDidNotOutlive() throws Exception {
        TestClient subscriber = subscriber();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        intercept(
                (client, message) -> {
                    asked.countDown();
                    goOn.await();
                    return Verdict.forward(message);
                },
                true);
        TestClient client = broker.connect(connect5("c", false, 100));
        client.send(publish2("m", 1, false));
        asked.await();
        client.lose();
        goOn.countDown();
        broker.until(() -> broker.plugins.leases() == 0);

        TestClient again = broker.connect(connect5("c", false, 100));
        again.sendAndWait(publish2("m", 1, true));

        assertThat(again.link.sent(PubRec.class)).hasSize(1);
        assertThat(subscriber.link.payloads()).containsExactly("m");
    }

    @Test
    void disconnectsWhoeverExceedsTheReceiveMaximum() {
        TestClient client = broker.connect(connect5("c", true, 0));
        for (int id = 1; id <= 3; id++) {
            client.send(publish2("m", id, false));
        }
        client.link.take();

        client.send(publish2("m", 4, false));

        assertThat(client.link.sent()).containsExactly(new Disconnect(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED));
    }

    @Test
    void takesAnyNumberFromClientsThatAreNotToldAMaximum() {
        TestClient client = broker.connect(connect311("c", true));

        for (int id = 1; id <= 65_535; id++) {
            client.send(publish2("m", id, false));
        }

        assertThat(client.link.closed).isFalse();
        assertThat(client.link.sent(PubRec.class)).hasSize(65_535);
    }

    @Test
    void tellsAMqtt5ClientThatItMayNot() {
        TestClient subscriber = subscriber();
        TestClient client = broker.connect(connect5("c", true, 0));
        broker.plugins.authorizer((of, action) -> Decision.DENY);

        assertThat(client.publish(message("a", "m", Qos.AT_LEAST_ONCE), 1)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(client.publish(message("a", "m", Qos.EXACTLY_ONCE), 2)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        client.send(new Publish(message("a", "m", Qos.AT_MOST_ONCE), false, 0, 0, List.of()));

        assertThat(broker.statistics().publishesRefused()).isEqualTo(3);
        assertThat(subscriber.link.payloads()).isEmpty();
        assertThat(client.link.closed).isFalse();
        assertThat(client.context.session().isAwaitingRelease(2)).isFalse();
    }

    @Test
    void acknowledgesToAnOlderClientWhatItMayNotAndDropsIt() {
        TestClient subscriber = subscriber();
        TestClient client = broker.connect(connect311("c", true));
        broker.plugins.authorizer((of, action) -> Decision.DENY);

        assertThat(client.publish(message("a", "m", Qos.AT_LEAST_ONCE), 1)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(client.publish(message("a", "m", Qos.EXACTLY_ONCE), 2)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(subscriber.link.payloads()).isEmpty();
    }

    @Test
    void disconnectsWhoeverTriesWhatItMayNotIfConfigured() {
        TestBroker strict = new TestBroker(TestConfigs.of(TestConfigs.MQTT, true), Durability.IN_MEMORY);
        TestClient client = strict.connect(connect5("c", false, 100));
        strict.plugins.authorizer((of, action) -> Decision.DENY);
        client.link.take();

        client.send(publish2("m", 1, false));

        assertThat(client.link.sent()).containsExactly(new Disconnect(ReasonCode.NOT_AUTHORIZED));
        assertThat(client.context.session().isAwaitingRelease(1)).isFalse();
    }

    @Test
    void refusesATopicThatIsTooDeep() {
        TestClient client = broker.connect(connect5("c", true, 0));

        assertThat(client.publish(message("1/2/3/4/5/6/7", "m", Qos.AT_LEAST_ONCE), 1))
                .isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }

    @Test
    void refusesARetainedMessageForWhichThereIsNoRoom() {
        TestClient client = broker.connect(connect5("c", true, 0));
        for (int i = 0; i < 20; i++) {
            client.publish(retained("t/" + i, "m", Qos.AT_LEAST_ONCE), 1);
        }

        assertThat(client.publish(retained("t/20", "m", Qos.AT_LEAST_ONCE), 1)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(client.publish(retained("t/19", "m", Qos.AT_LEAST_ONCE), 1))
                .isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
        assertThat(client.publish(retained("t/19", "", Qos.AT_LEAST_ONCE), 1))
                .isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
        assertThat(broker.statistics().retained()).isEqualTo(19);
    }

    @Test
    void resolvesTopicAliases() {
        TestClient subscriber = subscriber();
        TestClient client = broker.connect(connect5("c", true, 0));

        client.send(new Publish(message("a", "1", Qos.AT_MOST_ONCE), false, 0, 5, List.of()));
        client.send(new Publish(message("", "2", Qos.AT_MOST_ONCE), false, 0, 5, List.of()));

        assertThat(subscriber.link.sent(Publish.class))
                .extracting(publish -> publish.message().topic())
                .containsExactly("a", "a");
    }

    @ParameterizedTest
    @CsvSource({"1, PROTOCOL_ERROR", "6, TOPIC_ALIAS_INVALID"})
    void disconnectsForAnAliasThatIsUnknownOrTooLarge(int alias, ReasonCode reason) {
        TestClient client = broker.connect(connect5("c", true, 0));
        client.link.take();

        client.send(new Publish(message(alias == 1 ? "" : "a", "m", Qos.AT_MOST_ONCE), false, 0, alias, List.of()));

        assertThat(client.link.sent()).containsExactly(new Disconnect(reason));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesWhatAnInterceptorSays(boolean blocking) {
        TestClient subscriber = subscriber();
        TestClient client = broker.connect(connect5("c", true, 0));
        broker.plugins.authorizer((of, action) -> action.topic().equals("forbidden") ? Decision.DENY : Decision.ALLOW);
        intercept(
                (of, message) -> switch (message.topic()) {
                    case "drop" -> Verdict.drop();
                    case "reject" -> Verdict.reject(ReasonCode.PAYLOAD_FORMAT_INVALID, "no");
                    case "rename" -> Verdict.forward(message.withTopic("renamed"));
                    case "smuggle" -> Verdict.forward(message.withTopic("forbidden"));
                    case "deepen" -> Verdict.forward(message.withTopic("1/2/3/4/5/6/7"));
                    default -> throw new IllegalStateException("broken");
                },
                blocking);

        assertThat(client.publish(one("drop"), 1)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(client.publish(one("reject"), 2)).isEqualTo(ReasonCode.PAYLOAD_FORMAT_INVALID);
        assertThat(client.publish(one("rename"), 3)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(client.publish(one("smuggle"), 4)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(client.publish(one("deepen"), 5)).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
        assertThat(client.publish(one("other"), 6)).isEqualTo(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);

        assertThat(subscriber.link.sent(Publish.class))
                .extracting(publish -> publish.message().topic())
                .containsExactly("renamed");
        assertThat(broker.plugins.leases()).isZero();
    }

    private static Message one(String topic) {
        return message(topic, "m", Qos.AT_LEAST_ONCE);
    }

    @Test
    void publishesForModules() {
        TestClient subscriber = subscriber();

        assertThat(broker.core.broker().publish(message("a", "m", Qos.AT_MOST_ONCE)))
                .satisfies(done -> broker.settle())
                .isCompletedWithValue(ReasonCode.SUCCESS);
        assertThat(subscriber.link.payloads()).containsExactly("m");
        assertThatThrownBy(() -> broker.core.broker().publish(message("a/+", "m", Qos.AT_MOST_ONCE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> broker.core.broker().publish(message("1/2/3/4/5/6/7", "m", Qos.AT_MOST_ONCE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What a source that may block has decided is remembered like what any other has: else each message would ask the back end. */
    @Test
    void asksASourceThatMayBlockOnceAboutWhatItHasDecided() {
        AtomicInteger asked = new AtomicInteger();
        broker.plugins.authorization(Gate.of(
                "authz-slow",
                (of, action) -> {
                    asked.incrementAndGet();
                    return action.topic().equals("no") ? Decision.DENY : Decision.ALLOW;
                },
                true));
        TestClient client = broker.connect(connect5("c", true, 0));

        for (int id = 1; id <= 3; id++) {
            assertThat(client.publish(message("a", "m", Qos.AT_LEAST_ONCE), id).isFailure())
                    .isFalse();
            assertThat(client.publish(message("no", "m", Qos.AT_LEAST_ONCE), id))
                    .isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }

        assertThat(asked).hasValue(2);
        broker.revocation.changedForAll();
        client.publish(message("a", "m", Qos.AT_LEAST_ONCE), 1);
        assertThat(asked).hasValue(3);
    }

    @Test
    void tellsAPluginThatItsMessageCouldNotBePublished() {
        TestBroker failing = new TestBroker(TestConfigs.of(TestConfigs.MQTT), _ -> {
            throw new IllegalStateException("on purpose");
        });

        CompletionStage<ReasonCode> published = failing.core.broker().publish(message("a", "m", Qos.AT_LEAST_ONCE));
        failing.settle();

        assertThat(published.toCompletableFuture()).isCompletedExceptionally();
    }
}
