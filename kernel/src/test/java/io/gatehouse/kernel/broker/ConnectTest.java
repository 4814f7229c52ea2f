package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect311;
import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** CONNECT (MQTT 5.0 section 3.1). */
class ConnectTest {
    private final TestBroker broker = new TestBroker();

    private ReasonCode reasonFor(Connect connect) {
        TestClient client = broker.connect(connect);
        assertThat(client.link.closed).isEqualTo(client.connAck().reason().isFailure());
        return client.connAck().reason();
    }

    @Test
    void acceptsAndTellsWhatTheClientMayExpect() {
        TestClient client = broker.connect(connect5("c", true, 0));

        ConnAck answer = client.connAck();
        assertThat(answer.reason()).isEqualTo(ReasonCode.SUCCESS);
        assertThat(answer.sessionPresent()).isFalse();
        assertThat(answer.properties().receiveMaximum()).isEqualTo(3);
        assertThat(answer.properties().topicAliasMaximum()).isEqualTo(5);
        assertThat(client.link.keepAliveSeconds).isEqualTo(60);
        assertThat(client.link.paused).isFalse();
        assertThat(broker.statistics().connections()).isEqualTo(1);
    }

    @Test
    void assignsAClientIdentifier() {
        TestClient client = broker.connect(connect5("", true, 0));

        assertThat(client.connAck().properties().assignedClientId())
                .isEqualTo(client.context.client().clientId())
                .startsWith("gatehouse-");
    }

    @Test
    void refusesWhomNobodyKnows() {
        broker.plugins.authenticator(request -> AuthResult.abstain());

        assertThat(reasonFor(connect5("c", true, 0))).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(broker.statistics().connectsRefused()).isEqualTo(1);
        assertThat(broker.statistics().sessions()).isZero();
    }

    @Test
    void refusesWithTheReasonOfTheModule() {
        broker.plugins.authenticator(request -> AuthResult.reject("wrong password"));

        assertThat(reasonFor(connect5("c", true, 0))).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void refusesWhenAModuleFails() {
        broker.plugins.authenticator(request -> {
            throw new IllegalStateException("backend down");
        });

        assertThat(reasonFor(connect311("c", true))).isEqualTo(ReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void waitsForAModuleThatIsAbsentForAMoment() {
        broker.plugins.authentication(Gate.absent("auth-test"));
        TestClient client = broker.open();
        client.send(connect5("c", true, 0));
        assertThat(client.isAnswered()).isFalse();

        broker.plugins.authenticator(request -> AuthResult.accept());

        broker.until(client::isAnswered);
        assertThat(client.connAck().reason()).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void refusesAClientIdentifierThatIsTooLong() {
        assertThat(reasonFor(connect5("x".repeat(101), true, 0))).isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @Test
    void refusesAWillWhoseTopicIsTooDeep() {
        Will will = new Will(message("1/2/3/4/5/6/7", "w", Qos.AT_MOST_ONCE), 0);

        assertThat(reasonFor(connect5("c", true, 0, will))).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }

    @Test
    void refusesAWillThatTheClientMayNotPublish() {
        broker.plugins.authorizer((client, action) -> Decision.DENY);

        assertThat(reasonFor(connect5("c", true, 0, new Will(message("w", "w", Qos.AT_MOST_ONCE), 0))))
                .isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void refusesWhatAConnectInterceptorRejects() {
        broker.plugins.connect(Gate.of("i", request -> Verdict.reject(ReasonCode.BANNED, "no"), true));

        assertThat(reasonFor(connect5("c", true, 0))).isEqualTo(ReasonCode.BANNED);
    }

    @Test
    void usesTheIdentityThatTheModuleGives() {
        broker.plugins.authenticator(request -> AuthResult.accept()
                .withClientId("other")
                .withUsername("somebody")
                .withAttributes(Map.of("tenant", "t")));

        TestClient client = broker.connect(connect5("c", true, 0));

        assertThat(client.context.client().clientId()).isEqualTo("other");
        assertThat(client.context.client().username()).isEqualTo("somebody");
        assertThat(client.connAck().properties().assignedClientId()).isEqualTo("other");
        assertThat(broker.core.broker().view().session("other")).isPresent();
    }

    @Test
    void closesWithoutAnAnswerWhenAnotherPacketComesFirst() {
        TestClient client = broker.open();

        client.send(new PingReq());

        assertThat(client.link.closed).isTrue();
        assertThat(client.link.sent()).isEmpty();
    }

    @Test
    void endsAConnectionWithASecondConnect() {
        TestClient client = broker.connect(connect5("c", true, 0));
        client.link.take();

        client.send(connect5("c", true, 0));

        assertThat(client.link.sent()).containsExactly(new Disconnect(ReasonCode.PROTOCOL_ERROR));
        assertThat(client.link.closed).isTrue();
    }

    @Test
    void answersPings() {
        TestClient client = broker.connect(connect311("c", true));
        client.link.take();

        client.send(new PingReq());
        client.send(new PubRel(9)); // never released

        assertThat(client.link.sent(PingResp.class)).hasSize(1);
    }

    @Test
    void disconnectsWhenThePermissionExpires() {
        broker.plugins.authenticator(
                request -> AuthResult.accept().withExpiresAt(Instant.now().plusSeconds(60)));
        TestClient client = broker.connect(connect5("c", true, 0));
        client.link.take();

        broker.advance(Duration.ofSeconds(61));

        assertThat(client.link.sent()).containsExactly(new Disconnect(ReasonCode.NOT_AUTHORIZED));
        assertThat(client.link.closed).isTrue();
    }

    @Test
    void authenticatesAgainWhenRightsAreRevokedMeanwhile() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        broker.plugins.authenticator(request -> {
            if (calls.incrementAndGet() > 1) {
                return AuthResult.reject("removed");
            }
            asked.countDown();
            goOn.await();
            return AuthResult.accept();
        });
        TestClient client = broker.open();
        client.send(connect5("c", true, 0));
        asked.await();

        broker.revocation.revoked(of -> true);
        goOn.countDown();

        broker.until(client::isAnswered);
        assertThat(client.connAck().reason()).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
        assertThat(broker.statistics().sessions()).isZero();
    }

    @Test
    void forgetsAClientThatLeavesDuringAuthentication() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch decided = new CountDownLatch(1);
        Authenticator slow = request -> {
            goOn.await();
            decided.countDown();
            return AuthResult.accept();
        };
        broker.plugins.authenticator(slow);
        TestClient client = broker.open();
        client.send(connect5("c", true, 0));

        client.lose();
        goOn.countDown();
        decided.await();

        broker.until(() -> broker.plugins.leases() == 0);
        broker.settle();
        assertThat(broker.statistics().sessions()).isZero();
        assertThat(broker.statistics().connections()).isZero();
    }

    @Test
    void refusesAWillThatAConnectInterceptorMadeTooDeep() {
        Message deep = message("1/2/3/4/5/6/7", "w", Qos.AT_MOST_ONCE);
        broker.plugins.connect(Gate.of(
                "i",
                request -> Verdict.forward(new ConnectRequest(
                        request.client(),
                        request.password(),
                        request.cleanStart(),
                        request.sessionExpirySeconds(),
                        deep,
                        request.userProperties())),
                true));

        assertThat(reasonFor(connect5("c", true, 0, new Will(message("w", "w", Qos.AT_MOST_ONCE), 0))))
                .isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }
}
