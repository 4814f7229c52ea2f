package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect311;
import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Sessions (MQTT 5.0 section 4.1): resumed, taken over, expired. */
class SessionLifecycleTest {
    private final TestBroker broker = new TestBroker();

    private void publish(String topic, String text) {
        broker.core.broker().publish(message(topic, text, Qos.AT_LEAST_ONCE));
        broker.settle();
    }

    @Test
    void resumesASessionWithItsSubscriptionsAndMessages() {
        TestClient first = broker.connect(connect5("c", false, 100));
        first.subscribe("a", Qos.AT_LEAST_ONCE);
        first.lose();
        publish("a", "m");

        TestClient second = broker.connect(connect5("c", false, 100));

        assertThat(second.connAck().sessionPresent()).isTrue();
        assertThat(second.link.payloads()).containsExactly("m");
        assertThat(second.link.sent().getFirst()).isEqualTo(second.connAck());
    }

    @Test
    void discardsASessionOnCleanStart() {
        broker.connect(connect5("c", false, 100)).subscribe("a", Qos.AT_LEAST_ONCE);

        TestClient second = broker.connect(connect5("c", true, 100));
        publish("a", "m");

        assertThat(second.connAck().sessionPresent()).isFalse();
        assertThat(second.link.payloads()).isEmpty();
        assertThat(broker.statistics().subscriptions()).isZero();
        assertThat(broker.statistics().sessions()).isEqualTo(1);
    }

    @Test
    void endsASessionWithItsConnectionWhenItDoesNotOutliveIt() {
        TestClient client = broker.connect(connect311("c", true));
        client.subscribe("a", Qos.AT_LEAST_ONCE);

        client.lose();

        assertThat(broker.statistics().sessions()).isZero();
        assertThat(broker.statistics().subscriptions()).isZero();
        assertThat(broker.statistics().connections()).isZero();
    }

    @Test
    void endsASessionWhenItExpires() {
        broker.connect(connect5("c", false, 100)).lose();

        broker.advance(Duration.ofSeconds(99));
        assertThat(broker.statistics().sessions()).isEqualTo(1);
        broker.advance(Duration.ofSeconds(1));
        assertThat(broker.statistics().sessions()).isZero();
    }

    @Test
    void doesNotExpireASessionWhoseClientCameBack() {
        broker.connect(connect5("c", false, 100)).lose();
        broker.connect(connect5("c", false, 100));

        broker.advance(Duration.ofSeconds(1_000));

        assertThat(broker.statistics().sessions()).isEqualTo(1);
        assertThat(broker.lanes.stream().mapToInt(lane -> lane.timers()).sum()).isZero();
    }

    @Test
    void keepsASessionForEverWhenTheClientAsksForIt() {
        broker.connect(connect5("c", false, 0xFFFF_FFFFL)).lose();

        broker.advance(Duration.ofDays(365 * 150));

        assertThat(broker.statistics().sessions()).isEqualTo(1);
    }

    @Test
    void takesASessionOverAndTellsListenersInOrder() {
        broker.listening();
        TestClient old = broker.connect(connect5("c", false, 100));
        old.link.take();

        TestClient replacement = broker.connect(connect5("c", false, 100));
        old.lose();

        assertThat(old.link.sent()).containsExactly(new Disconnect(ReasonCode.SESSION_TAKEN_OVER));
        assertThat(replacement.connAck().sessionPresent()).isTrue();
        assertThat(broker.statistics().connections()).isEqualTo(1);
        broker.until(() -> broker.events.size() == 3);
        assertThat(broker.events).containsExactly("connected c", "disconnected c SESSION_TAKEN_OVER", "connected c");
    }

    @Test
    void keepsWhatATakenOverConnectionWaitedForOutOfTheNewSession() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        broker.plugins.subscribe(Gate.of(
                "i",
                (client, subscription) -> {
                    asked.countDown();
                    goOn.await();
                    return Verdict.forward(subscription);
                },
                true));
        TestClient old = broker.connect(connect5("c", true, 0));
        old.send(new Subscribe(1, List.of(Subscription.of("a", Qos.AT_MOST_ONCE)), 0, List.of()));
        asked.await();
        broker.connect(connect5("c", true, 0));

        goOn.countDown();

        broker.until(() -> broker.plugins.leases() == 0);
        broker.settle();
        assertThat(broker.statistics().subscriptions()).isZero();
        broker.core
                .broker()
                .publish(message("a", "m", Qos.AT_MOST_ONCE))
                .thenAccept(reason -> assertThat(reason).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS));
        broker.settle();
    }

    @Test
    void givesASessionToNobodyButItsUser() {
        broker.plugins.authenticator(
                request -> AuthResult.accept().withUsername(request.cleanStart() ? "owner" : "somebody else"));
        TestClient owner = broker.connect(connect5("c", true, 100));
        owner.subscribe("secret", Qos.AT_LEAST_ONCE);
        owner.lose();
        publish("secret", "m");

        TestClient other = broker.connect(connect5("c", false, 100));

        assertThat(other.connAck().sessionPresent()).isFalse();
        assertThat(other.link.payloads()).isEmpty();
        assertThat(broker.statistics().subscriptions()).isZero();
    }

    @Test
    void judgesSubscriptionsAgainWhenTheClientComesBackWithOtherRights() {
        broker.plugins.authenticator(request -> AuthResult.accept()
                .withAcl(request.cleanStart() ? List.of() : List.of(AclRule.deny("a", AclRule.Kind.SUBSCRIBE))));
        TestClient first = broker.connect(connect5("c", true, 100));
        first.subscribe("a", Qos.AT_LEAST_ONCE);
        first.subscribe("b", Qos.AT_LEAST_ONCE);
        first.lose();

        TestClient second = broker.connect(connect5("c", false, 100));

        assertThat(second.connAck().sessionPresent()).isTrue();
        broker.until(() -> broker.statistics().subscriptions() == 1);
        assertThat(second.context.session().subscriptions()).containsOnlyKeys("b");
    }

    // ---- DISCONNECT

    @Test
    void shortensTheSessionExpiryWithDisconnect() {
        TestClient client = broker.connect(connect5("c", false, 100));

        client.send(new Disconnect(ReasonCode.SUCCESS, 0L, null, null, List.of()));
        client.lose();

        assertThat(broker.statistics().sessions()).isZero();
    }

    @Test
    void prolongsTheSessionExpiryWithDisconnect() {
        TestClient client = broker.connect(connect5("c", false, 1));

        client.send(new Disconnect(ReasonCode.SUCCESS, 100L, null, null, List.of()));
        client.lose();
        broker.advance(Duration.ofSeconds(50));

        assertThat(broker.statistics().sessions()).isEqualTo(1);
    }

    @Test
    void refusesToProlongASessionThatWasToEndWithTheConnection() {
        TestClient client = broker.connect(connect5("c", false, 0));
        client.link.take();

        client.send(new Disconnect(ReasonCode.SUCCESS, 100L, null, null, List.of()));

        assertThat(client.link.sent()).containsExactly(new Disconnect(ReasonCode.PROTOCOL_ERROR));
        client.lose();
        assertThat(broker.statistics().sessions()).isZero();
    }

    @Test
    void tellsListenersTheFirstReason() {
        broker.listening();
        TestClient client = broker.connect(connect5("c", false, 0));

        client.send(new Disconnect(ReasonCode.SUCCESS));
        broker.core.dispatcher().keepAliveExpired(client.context);
        client.lose();

        broker.until(() -> broker.events.contains("disconnected c SUCCESS"));
    }

    @Test
    void tellsTheClientWhyItIsDisconnected() {
        TestClient silent = broker.connect(connect5("silent", true, 0));
        TestClient broken = broker.connect(connect5("broken", true, 0));
        TestClient last = broker.connect(connect5("last", true, 0));
        TestClient old = broker.connect(connect311("old", true));
        List.of(silent, broken, last, old).forEach(client -> client.link.take());

        broker.core.dispatcher().keepAliveExpired(silent.context);
        broker.core.dispatcher().malformed(broken.context, MqttVersion.V5, ReasonCode.MALFORMED_PACKET);
        broker.core.dispatcher().shuttingDown(last.context);
        broker.core.dispatcher().shuttingDown(old.context);

        assertThat(silent.link.sent()).containsExactly(new Disconnect(ReasonCode.KEEP_ALIVE_TIMEOUT));
        assertThat(broken.link.sent()).containsExactly(new Disconnect(ReasonCode.MALFORMED_PACKET));
        assertThat(last.link.sent()).containsExactly(new Disconnect(ReasonCode.SERVER_SHUTTING_DOWN));
        assertThat(old.link.sent()).isEmpty();
        assertThat(old.link.closed).isTrue();
    }

    // ---- durability

    @Test
    void attachesNoConnectionThatCloseBeforeItsSessionWasDurable() {
        List<Runnable> waiting = new ArrayList<>();
        TestBroker durable = new TestBroker(TestConfigs.of(TestConfigs.MQTT), waiting::add);
        TestClient client = durable.open();
        client.send(connect5("c", false, 100));
        durable.until(() -> !waiting.isEmpty());
        assertThat(client.isAnswered()).isFalse();

        client.lose();
        waiting.forEach(Runnable::run);

        assertThat(client.isAnswered()).isFalse();
        assertThat(durable.core.broker().view().session("c").orElseThrow().connected())
                .isFalse();
    }

    @Test
    void judgesSubscriptionsAgainWhenAnotherAuthorizerTakesOver() {
        TestClient client = broker.connect(connect5("c", true, 0));
        client.subscribe("a", Qos.AT_LEAST_ONCE);

        broker.plugins.authorizer((of, action) -> Decision.DENY);

        broker.until(() -> broker.statistics().subscriptions() == 0);
    }

    @Test
    void tellsListenersOfTheEndOfEachSubscriptionWithItsSession() {
        broker.listening();
        TestClient client = broker.connect(connect5("c", true, 0));
        client.subscribe("a", Qos.AT_LEAST_ONCE);

        client.lose();

        broker.until(() -> broker.events.size() == 3);
        assertThat(broker.events)
                .containsExactly("connected c", "disconnected c UNSPECIFIED_ERROR", "unsubscribed c a");
    }

    @Test
    void tellsNobodyOfAConnectionBeforeItsClient() {
        List<Runnable> waiting = new ArrayList<>();
        TestBroker durable = new TestBroker(TestConfigs.of(TestConfigs.MQTT), waiting::add).listening();
        TestClient gone = durable.open();
        gone.send(connect5("c", false, 100));
        durable.until(() -> !waiting.isEmpty());
        durable.core.broker().disconnect("c", ReasonCode.ADMINISTRATIVE_ACTION);
        durable.settle();
        assertThat(gone.link.sent()).as("no DISCONNECT before CONNACK").isEmpty();
        assertThat(gone.link.closed).isTrue();
        gone.lose();
        TestClient stays = durable.open();
        stays.send(connect5("c", false, 100));
        durable.until(() -> waiting.size() == 2);

        waiting.forEach(Runnable::run);

        durable.until(() -> !durable.events.isEmpty());
        assertThat(durable.events).containsExactly("connected c");
    }

    @Test
    void prolongsNoSessionThatAnInterceptorEndsWithItsConnection() {
        broker.plugins.connect(Gate.of(
                "i",
                request -> Verdict.forward(
                        new ConnectRequest(request.client(), null, false, 0, null, request.userProperties())),
                true));
        TestClient client = broker.connect(connect5("c", false, 100));
        assertThat(client.connAck().properties().sessionExpirySeconds()).isZero();
        client.link.take();

        client.send(new Disconnect(ReasonCode.SUCCESS, 50L, null, null, List.of()));
        client.lose();

        assertThat(client.link.sent()).isEmpty();
        assertThat(broker.statistics().sessions()).isZero();
    }
}
