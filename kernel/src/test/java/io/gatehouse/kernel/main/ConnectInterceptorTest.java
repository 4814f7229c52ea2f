package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.sdk.broker.SessionInfo;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a connect interceptor makes of a CONNECT is what the client is judged by and what it gets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectInterceptorTest {
    private final Board board = new Board();
    private RunningGatehouse gatehouse;

    @BeforeAll
    void start(@TempDir Path home) throws IOException, StartFailure {
        gatehouse = new RunningGatehouse(
                home,
                """
                authentication.chain = [auth-lower-case, auth-talk]
                authorization { sources = [], no-match = allow }
                interceptors.connect = [rewriter]
                """,
                board.plugin("acme.connect")
                        .source("LowerCase", """
                            @Component(name = "auth-lower-case") public class LowerCase implements Authenticator {
                              public AuthResult authenticate(ConnectRequest request) {
                                String name = request.client().username();
                                return name.equals(name.toLowerCase(Locale.ROOT))
                                  ? AuthResult.accept() : AuthResult.reject("for a test"); } }
                            """)
                        .source("Talk", """
                            @Component(name = "auth-talk") public class Talk implements EnhancedAuthenticator {
                              public String method() { return "TALK"; }
                              public AuthExchange begin(ConnectRequest request) {
                                return data -> new AuthStep.Success(AuthResult.accept(), data); } }
                            """)
                        .source("Rewriter", """
                            @Component(name = "rewriter") public class Rewriter implements ConnectInterceptor {
                              public Verdict<ConnectRequest> onConnect(ConnectRequest request) {
                                Client client = request.client();
                                return switch (client.username()) {
                                  case "ALICE" -> forward(request, named(client, "alice"), request.will(),
                                    request.cleanStart(), request.sessionExpirySeconds());
                                  case "testator" -> forward(request, client, request.will().withTopic("wills/new"),
                                    request.cleanStart(), request.sessionExpirySeconds());
                                  case "intestate" -> forward(request, client, null,
                                    request.cleanStart(), request.sessionExpirySeconds());
                                  case "brief" -> forward(request, client, null, request.cleanStart(), 0);
                                  case "fresh" -> forward(request, client, null, true, request.sessionExpirySeconds());
                                  case "banned" -> Verdict.reject(ReasonCode.BANNED, "for a test");
                                  case "dropped" -> Verdict.drop();
                                  case "thrower" -> throw new IllegalStateException("for a test");
                                  case "null" -> null;
                                  default -> Verdict.forward(request); }; }
                              static Client named(Client c, String name) {
                                return new Client(c.clientId(), name, c.version(), c.peer(), c.listener(),
                                  c.certificates(), c.attributes(), c.superuser()); }
                              static Verdict<ConnectRequest> forward(
                                  ConnectRequest r, Client client, Message will, boolean clean, long expiry) {
                                return Verdict.forward(new ConnectRequest(
                                  client, r.password(), clean, expiry, will, r.userProperties())); } }
                            """));
    }

    @AfterAll
    void stop() {
        gatehouse.close();
        board.close();
    }

    @Test
    void rewritesTheUserNameBeforeTheAuthenticatorSeesIt() throws IOException {
        try (TestClient alice = gatehouse.connected("ALICE")) {
            SessionInfo session = gatehouse.view().session("ALICE").orElseThrow();
            assertThat(session.client().username()).isEqualTo("alice");
            alice.ping();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BOB, BAD_USER_NAME_OR_PASSWORD",
        "banned, BANNED",
        "dropped, NOT_AUTHORIZED",
        "thrower, IMPLEMENTATION_SPECIFIC_ERROR",
        "null, IMPLEMENTATION_SPECIFIC_ERROR"
    })
    void refuses(String name, ReasonCode reason) throws IOException {
        try (TestClient client = gatehouse.open()) {
            assertThat(client.tryConnect(Connects.v5(name)).reason()).isEqualTo(reason);
            client.expectClosed();
        }
    }

    @Test
    void sendsTheWillAsItWasRewritten() throws IOException {
        try (TestClient heir = gatehouse.connected("heir")) {
            heir.subscribe("wills/#");
            leaveWill("testator");
            assertThat(heir.receive().topic()).isEqualTo("wills/new");
        }
    }

    @Test
    void sendsTheRewrittenWillOfAClientThatHeldAConversation() throws IOException {
        try (TestClient heir = gatehouse.connected("heir")) {
            heir.subscribe("wills/#");
            leaveWill(Connects.withMethod("testator", "TALK", "hello"));
            assertThat(heir.receive().topic()).isEqualTo("wills/new");
        }
    }

    @Test
    void sendsNoWillThatWasTakenAway() throws IOException {
        try (TestClient heir = gatehouse.connected("heir")) {
            heir.subscribe("wills/#");
            leaveWill("intestate");
            leaveWill("somebody");
            assertThat(heir.receiveText()).isEqualTo("somebody");
        }
    }

    @Test
    void keepsTheSessionAsLongAsItWasRewritten() throws IOException {
        Connect resuming = Connects.resuming("brief");
        try (TestClient brief = gatehouse.open()) {
            assertThat(brief.connect(resuming).properties().sessionExpirySeconds())
                    .isZero();
            assertThat(gatehouse.view().session("brief").orElseThrow().expirySeconds())
                    .isZero();
        }
    }

    @Test
    void beginsAFreshSessionWhenThatWasRewritten() throws IOException {
        gatehouse.connected(Connects.resuming("fresh")).close();
        try (TestClient fresh = gatehouse.open()) {
            ConnAck answer = fresh.connect(Connects.resuming("fresh"));
            assertThat(answer.sessionPresent()).isFalse();
        }
    }

    private void leaveWill(String name) throws IOException {
        leaveWill(Connects.v5(name));
    }

    private void leaveWill(Connect connect) throws IOException {
        Message will = Message.of("wills/old", Payload.ofUtf8(connect.clientId()));
        gatehouse.connected(Connects.withWill(connect, will)).close();
    }
}
