package io.gatehouse.kernel.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.Auth;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.auth.AuthExchange;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.AuthStep;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.auth.EnhancedAuthenticator;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Enhanced authentication (MQTT 5.0 section 4.12). */
class AuthTest {
    private final TestBroker broker = new TestBroker();
    private final AtomicInteger closed = new AtomicInteger();

    /** Asks "who?" and lets in whoever says "me"; "other" is accepted as another client. */
    private final class Riddle implements EnhancedAuthenticator {
        @Override
        public String method() {
            return "RIDDLE";
        }

        @Override
        public AuthExchange begin(ConnectRequest request) {
            return new AuthExchange() {
                @Override
                public AuthStep next(Payload data) {
                    return switch (data.asUtf8()) {
                        case "" -> new AuthStep.Continue(Payload.ofUtf8("who?"));
                        case "me" -> new AuthStep.Success(AuthResult.accept(), Payload.ofUtf8("welcome"));
                        case "other" -> new AuthStep.Success(AuthResult.accept().withClientId("other"), Payload.EMPTY);
                        default -> new AuthStep.Failure(AuthResult.reject("wrong"));
                    };
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }
    }

    @BeforeEach
    void install() {
        broker.plugins.authentication(Gate.of("auth-test", new Riddle(), true));
    }

    private static Connect connect(@Nullable String method) {
        return new Connect(
                MqttVersion.V5,
                true,
                0,
                "c",
                null,
                null,
                null,
                new ConnectProperties(0, 10, 1 << 20, 0, false, true, List.of(), method, null));
    }

    private static Auth auth(ReasonCode reason, String method, String data) {
        return new Auth(reason, method, Payload.ofUtf8(data), null, List.of());
    }

    private TestClient asked() {
        TestClient client = broker.open();
        client.send(connect("RIDDLE"));
        broker.until(() -> !client.link.sent(Auth.class).isEmpty());
        assertThat(client.link.take()).containsExactly(auth(ReasonCode.CONTINUE_AUTHENTICATION, "RIDDLE", "who?"));
        return client;
    }

    private TestClient connected() {
        TestClient client = asked();
        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "RIDDLE", "me"));
        broker.until(client::isAnswered);
        assertThat(client.connAck().reason()).isEqualTo(ReasonCode.SUCCESS);
        assertThat(client.connAck().properties().authenticationData()).isEqualTo(Payload.ofUtf8("welcome"));
        client.link.take();
        return client;
    }

    private void assertReleased() {
        broker.until(() -> closed.get() == 1 && broker.plugins.leases() == 0);
    }

    @Test
    void letsInWhoeverAnswersWell() {
        connected();

        assertReleased();
    }

    @Test
    void refusesWhoeverAnswersBadly() {
        TestClient client = asked();

        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "RIDDLE", "nobody"));

        broker.until(client::isAnswered);
        assertThat(client.connAck().reason()).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
        assertReleased();
    }

    @Test
    void refusesAMethodThatNobodyOffers() {
        TestClient client = broker.connect(connect("MAGIC"));

        assertThat(client.connAck().reason()).isEqualTo(ReasonCode.BAD_AUTHENTICATION_METHOD);
        broker.until(() -> broker.plugins.leases() == 0);
    }

    @Test
    void refusesAnotherMethodInTheMiddle() {
        TestClient client = asked();

        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "MAGIC", "me"));

        assertThat(client.connAck().reason()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(client.link.closed).isTrue();
        client.lose();
        assertReleased();
    }

    @Test
    void refusesOtherPacketsInTheMiddle() {
        TestClient client = asked();

        client.send(new PingReq());

        assertThat(client.connAck().reason()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void letsGoOfTheModuleWhenTheClientLeavesInTheMiddle() {
        TestClient client = asked();

        client.lose();

        assertReleased();
        assertThat(broker.statistics().sessions()).isZero();
    }

    @Test
    void authenticatesAgainWhileTheConnectionWorksOn() {
        TestClient client = connected();

        client.send(auth(ReasonCode.REAUTHENTICATE, "RIDDLE", ""));
        broker.until(() -> !client.link.sent(Auth.class).isEmpty());
        client.send(new PingReq());
        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "RIDDLE", "me"));
        broker.until(() -> client.link.sent(Auth.class).size() == 2);

        assertThat(client.link.sent())
                .containsExactly(
                        auth(ReasonCode.CONTINUE_AUTHENTICATION, "RIDDLE", "who?"),
                        new PingResp(),
                        auth(ReasonCode.SUCCESS, "RIDDLE", "welcome"));
        assertThat(client.link.paused).isFalse();
    }

    @Test
    void disconnectsWhoeverFailsToAuthenticateAgain() {
        TestClient client = connected();

        client.send(auth(ReasonCode.REAUTHENTICATE, "RIDDLE", "nobody"));

        broker.until(() -> client.link.closed);
        assertThat(client.link.sent()).containsExactly(new Disconnect(ReasonCode.NOT_AUTHORIZED));
    }

    @Test
    void disconnectsWhoeverBecomesSomebodyElse() {
        TestClient client = connected();

        client.send(auth(ReasonCode.REAUTHENTICATE, "RIDDLE", "other"));

        broker.until(() -> client.link.closed);
        assertThat(client.link.sent()).containsExactly(new Disconnect(ReasonCode.NOT_AUTHORIZED));
    }

    @Test
    void disconnectsForAnAuthThatNobodyAskedFor() {
        TestClient client = connected();
        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "RIDDLE", "me"));
        assertThat(client.link.sent()).containsExactly(new Disconnect(ReasonCode.PROTOCOL_ERROR));

        broker.plugins.authenticator(request -> AuthResult.accept());
        TestClient plain = broker.connect(connect(null));
        plain.link.take();
        plain.send(new Auth(ReasonCode.REAUTHENTICATE, null, null, null, List.of()));
        assertThat(plain.link.sent()).containsExactly(new Disconnect(ReasonCode.PROTOCOL_ERROR));
    }

    @Test
    void disconnectsWhoseRightsAreRevokedWhileItAuthenticatesAgain() {
        TestClient client = connected();
        client.send(auth(ReasonCode.REAUTHENTICATE, "RIDDLE", ""));
        broker.until(() -> !client.link.sent(Auth.class).isEmpty());
        broker.revocation.revoked(of -> false);
        client.link.take();

        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "RIDDLE", "me"));
        broker.until(() -> client.link.closed);

        assertThat(client.link.sent()).containsExactly(new Disconnect(ReasonCode.SERVER_BUSY));
    }
}
