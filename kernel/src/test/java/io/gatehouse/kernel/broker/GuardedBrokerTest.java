package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.FlappingConfig;
import io.gatehouse.kernel.config.GuardConfig;
import io.gatehouse.kernel.config.Rate;
import io.gatehouse.kernel.config.RatesConfig;
import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.guard.BanOutcome;
import io.gatehouse.kernel.guard.Guard;
import io.gatehouse.kernel.guard.Meter;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Bans, flapping and rates where the broker asks for them. */
class GuardedBrokerTest {
    /** One message in an hour, and nobody waits. */
    private static final GuardConfig ONE_MESSAGE = config(
            new RatesConfig(Rate.UNLIMITED, new Rate(1, Duration.ofHours(1), 0), Rate.UNLIMITED),
            FlappingConfig.DEFAULT);

    private static final GuardConfig FLAPPING = config(
            RatesConfig.UNLIMITED, new FlappingConfig(true, 3, Duration.ofHours(1), Duration.ofHours(1), List.of()));

    private TestBroker broker = new TestBroker();

    private static GuardConfig config(RatesConfig client, FlappingConfig flapping) {
        return new GuardConfig(1_000, client, RatesConfig.UNLIMITED, RatesConfig.UNLIMITED, Duration.ZERO, flapping);
    }

    private void restart(GuardConfig guard) {
        broker = new TestBroker(TestConfigs.guarded(TestConfigs.of(TestConfigs.MQTT), guard), Durability.IN_MEMORY);
    }

    private Guard guard() {
        return broker.core.dispatcher().guard();
    }

    private void ban(String kind, String value) {
        assertThat(guard().administration().add(kind, value, "ada", "", null)).isInstanceOf(BanOutcome.Done.class);
    }

    private static Connect connect(String clientId) {
        return TestClient.connect5(clientId, true, 0);
    }

    // ---- bans

    @Test
    void refusesABannedClientIdentifierWithoutAskingAnybody() {
        AtomicInteger asked = new AtomicInteger();
        broker.plugins.authenticator(_ -> {
            asked.incrementAndGet();
            return AuthResult.accept();
        });
        ban("client-id-re", "^lamp-");

        TestClient banned = broker.connect(connect("lamp-7"));

        assertThat(banned.connAck().reason()).isEqualTo(ReasonCode.BANNED);
        assertThat(banned.link.closed).isTrue();
        assertThat(asked).hasValue(0);
        assertThat(broker.connect(connect("pump")).connAck().reason()).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void refusesWhoeverTheAuthenticatorSaysItIsWhenThatOneIsBanned() {
        broker.plugins.authenticator(
                _ -> AuthResult.accept().withUsername("mallory").withClientId("pump"));
        ban("username", "mallory");
        assertThat(broker.connect(connect("lamp")).connAck().reason()).isEqualTo(ReasonCode.BANNED);

        guard().administration().remove("username", "mallory");
        ban("client-id", "pump");
        assertThat(broker.connect(connect("lamp")).connAck().reason()).isEqualTo(ReasonCode.BANNED);

        guard().administration().remove("client-id", "pump");
        assertThat(broker.connect(connect("lamp")).connAck().reason()).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void disconnectsWhoIsBannedWhileConnectedAndNobodyElse() {
        TestClient lamp = broker.connect(connect("lamp"));
        TestClient pump = broker.connect(connect("pump"));
        TestClient old = broker.connect(TestClient.connect311("lamp-old", true));

        ban("client-id-re", "^lamp");
        broker.settle();

        assertThat(lamp.link.sent(Disconnect.class))
                .extracting(Disconnect::reason)
                .containsExactly(ReasonCode.ADMINISTRATIVE_ACTION);
        assertThat(lamp.link.closed).isTrue();
        assertThat(old.link.closed).isTrue();
        assertThat(pump.link.closed).isFalse();
    }

    @Test
    void doesNotLetInWhoIsBannedWhileBeingAuthenticated() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        broker.plugins.authenticator(_ -> {
            asked.countDown();
            mayAnswer.await();
            return AuthResult.accept();
        });
        TestClient lamp = broker.open();
        lamp.send(connect("lamp"));
        asked.await();
        ban("username", "user");
        mayAnswer.countDown();
        broker.until(lamp::isAnswered);

        assertThat(lamp.connAck().reason()).isEqualTo(ReasonCode.BANNED);
    }

    /** When the ban comes, the client has passed the question for bans, and is not among the connected yet. */
    @Test
    void doesNotKeepWhoIsBannedBetweenAuthenticationAndItsSession() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        broker.plugins.authorizer((_, _) -> {
            asked.countDown();
            await(mayAnswer);
            return Decision.ALLOW;
        });
        TestClient lamp = broker.open();
        lamp.send(TestClient.connect5("lamp", true, 0, new Will(message("w", "will", Qos.AT_MOST_ONCE), 0)));
        asked.await();
        ban("username", "user");
        mayAnswer.countDown();
        broker.until(() -> lamp.link.closed);

        assertThat(lamp.connAck().reason()).isEqualTo(ReasonCode.SUCCESS);
        assertThat(lamp.link.sent(Disconnect.class))
                .extracting(Disconnect::reason)
                .containsExactly(ReasonCode.ADMINISTRATIVE_ACTION);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- flapping

    @Test
    void aStrangerCannotGetSomebodysClientIdentifierBanned() {
        restart(FLAPPING);
        broker.plugins.authenticator(
                request -> request.password() == null ? AuthResult.reject("no password") : AuthResult.accept());
        for (int i = 0; i < 10; i++) {
            TestClient stranger = broker.connect(connect("lamp"));
            assertThat(stranger.connAck().reason()).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
            stranger.lose();
        }

        assertThat(guard().admits(stranger())).as("his address").isFalse();
        broker.plugins.authenticator(_ -> AuthResult.accept());
        assertThat(broker.connect(connect("lamp")).connAck().reason())
                .as("the owner, who is let in from another address by the transport")
                .isEqualTo(ReasonCode.SUCCESS);
    }

    private InetAddress stranger() {
        return broker.open().link.peer().getAddress();
    }

    @Test
    void keepsAClientAwayThatComesAndGoes() {
        restart(FLAPPING);
        for (int i = 0; i < 3; i++) {
            TestClient lamp = broker.connect(connect("lamp"));
            assertThat(lamp.connAck().reason()).isEqualTo(ReasonCode.SUCCESS);
            lamp.lose();
        }

        assertThat(broker.connect(connect("lamp")).connAck().reason()).isEqualTo(ReasonCode.BANNED);
        assertThat(broker.connect(connect("pump")).connAck().reason()).isEqualTo(ReasonCode.SUCCESS);
        assertThat(guard().admits(stranger())).isTrue();
    }

    @Test
    void doesNotCountATakeOverBySomebodyElse() {
        restart(FLAPPING);
        broker.plugins.authenticator(request -> AuthResult.accept().withUsername(request.cleanStart() ? "ada" : "bob"));
        for (int i = 0; i < 10; i++) {
            broker.connect(TestClient.connect5("lamp", true, 0));
            broker.connect(TestClient.connect5("lamp", false, 0));
        }

        assertThat(guard().administration().list(10)).isEmpty();
    }

    @Test
    void countsTakeOversByTheSame() {
        restart(FLAPPING);
        for (int i = 0; i < 4; i++) {
            broker.connect(connect("lamp"));
        }

        assertThat(broker.connect(connect("lamp")).connAck().reason()).isEqualTo(ReasonCode.BANNED);
    }

    // ---- rates

    private Meter meter() {
        return Objects.requireNonNull(guard().meter("tcp.test"));
    }

    private void publish(TestClient client, Meter meter, Message message, int packetId, int alias) {
        broker.core
                .dispatcher()
                .packet(client.context, new Publish(message, false, packetId, alias, List.of()), meter, 10);
        broker.until(() -> !client.link.paused);
    }

    @Test
    void refusesMessagesBeyondTheBoundOfARate() {
        restart(ONE_MESSAGE);
        TestClient subscriber = broker.connect(connect("subscriber"));
        subscriber.subscribe("t", Qos.AT_LEAST_ONCE);
        TestClient client = broker.connect(connect("client"));
        Meter meter = meter();
        publish(client, meter, message("t", "first", Qos.AT_MOST_ONCE), 0, 0);
        publish(client, meter, message("t", "on credit", Qos.AT_MOST_ONCE), 0, 0);

        publish(client, meter, message("t", "dropped", Qos.AT_MOST_ONCE), 0, 0);
        publish(client, meter, message("t", "refused", Qos.AT_LEAST_ONCE), 1, 0);
        publish(client, meter, message("t", "refused", Qos.EXACTLY_ONCE), 2, 0);

        assertThat(client.link.sent(PubAck.class))
                .extracting(PubAck::reason)
                .containsExactly(ReasonCode.QUOTA_EXCEEDED);
        assertThat(client.link.sent(PubRec.class))
                .extracting(PubRec::reason)
                .containsExactly(ReasonCode.QUOTA_EXCEEDED);
        assertThat(subscriber.link.payloads()).containsExactly("first", "on credit");
        assertThat(broker.statistics().publishesRefused()).isEqualTo(3);
        assertThat(guard().report().messagesRefused()).isEqualTo(3);
        assertThat(client.link.closed).isFalse();
    }

    @Test
    void knowsATopicAliasThatCameWithARefusedMessage() {
        restart(ONE_MESSAGE);
        TestClient subscriber = broker.connect(connect("subscriber"));
        subscriber.subscribe("t", Qos.AT_MOST_ONCE);
        TestClient client = broker.connect(connect("client"));
        Meter exhausted = meter();
        publish(client, exhausted, message("x", "first", Qos.AT_MOST_ONCE), 0, 0);
        publish(client, exhausted, message("x", "on credit", Qos.AT_MOST_ONCE), 0, 0);

        publish(client, exhausted, message("t", "refused", Qos.AT_MOST_ONCE), 0, 1);
        publish(client, meter(), message("", "by alias", Qos.AT_MOST_ONCE), 0, 1);

        assertThat(subscriber.link.payloads()).containsExactly("by alias");
    }

    /** Its publisher would take the acknowledgement of a message that goes nowhere for a promise. */
    @Test
    void acknowledgesNothingThatItDropsToAnOldClient() {
        restart(ONE_MESSAGE);
        TestClient client = broker.connect(TestClient.connect311("old", true));
        Meter meter = meter();
        publish(client, meter, message("t", "first", Qos.AT_LEAST_ONCE), 1, 0);
        publish(client, meter, message("t", "on credit", Qos.AT_LEAST_ONCE), 2, 0);
        publish(client, meter, message("t", "dropped", Qos.AT_MOST_ONCE), 0, 0);
        assertThat(client.link.closed).isFalse();

        publish(client, meter, message("t", "neither", Qos.AT_LEAST_ONCE), 3, 0);

        assertThat(client.link.sent(PubAck.class)).extracting(PubAck::packetId).containsExactly(1, 2);
        assertThat(client.link.closed).isTrue();
    }
}
