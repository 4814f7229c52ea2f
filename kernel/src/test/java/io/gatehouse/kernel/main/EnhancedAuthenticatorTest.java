package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.Auth;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations of AUTH packets (MQTT 5.0 section 4.12). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnhancedAuthenticatorTest {
    private static final String METHOD = "TALK";

    private final Board board = new Board();
    private RunningGatehouse gatehouse;

    @BeforeAll
    void start(@TempDir Path home) throws IOException, StartFailure {
        gatehouse = new RunningGatehouse(home, """
                authentication.chain = [auth-all, auth-talk]
                authorization { sources = [], no-match = allow }
                """, board.plugin("acme.talk").source("Talk", """
                    @Component(name = "auth-talk") public class Talk implements EnhancedAuthenticator {
                      public String method() { return "TALK"; }
                      public AuthExchange begin(ConnectRequest request) { return new Exchange(request.client()); }
                      record Exchange(Client client) implements AuthExchange {
                        public AuthStep next(Payload data) {
                          return switch (data.asUtf8()) {
                            case "hello" -> new AuthStep.Continue(Payload.ofUtf8("who?"));
                            case "wrong" -> new AuthStep.Failure(AuthResult.reject("for a test"));
                            case "throw" -> throw new IllegalStateException("for a test");
                            default -> new AuthStep.Success(
                              AuthResult.accept().withAttributes(Map.of("said", data.asUtf8())),
                              Payload.ofUtf8("welcome")); }; }
                        public void close() { Board.say("closed", client.clientId()); } } }
                    """));
    }

    @AfterAll
    void stop() {
        gatehouse.close();
        board.close();
    }

    private static Auth auth(ReasonCode reason, String method, String data) {
        return new Auth(reason, method, Payload.ofUtf8(data), null, List.of());
    }

    private static Auth answer(String data) {
        return auth(ReasonCode.CONTINUE_AUTHENTICATION, METHOD, data);
    }

    private static Auth again(String data) {
        return auth(ReasonCode.REAUTHENTICATE, METHOD, data);
    }

    /** A client in the middle of its conversation. */
    private TestClient asked(String name) throws IOException {
        TestClient client = gatehouse.open();
        client.send(Connects.withMethod(name, METHOD, "hello"));
        assertThat(client.expect(Auth.class)).isEqualTo(answer("who?"));
        return client;
    }

    private TestClient connected(String name) throws IOException, InterruptedException {
        TestClient client = asked(name);
        client.send(answer("first"));
        assertThat(client.expect(ConnAck.class).reason()).isEqualTo(ReasonCode.SUCCESS);
        assertThat(board.heard("closed")).isEqualTo(name);
        return client;
    }

    private Client client(String clientId) {
        return gatehouse.view().session(clientId).orElseThrow().client();
    }

    @Test
    void letsAClientInAfterTwoSteps() throws IOException, InterruptedException {
        try (TestClient carol = asked("carol")) {
            carol.send(answer("carol's word"));
            ConnAck accepted = carol.expect(ConnAck.class);
            assertThat(accepted.reason()).isEqualTo(ReasonCode.SUCCESS);
            assertThat(accepted.properties().authenticationMethod()).isEqualTo(METHOD);
            assertThat(accepted.properties().authenticationData()).isEqualTo(Payload.ofUtf8("welcome"));
            assertThat(client("carol").attributes()).containsEntry("said", "carol's word");
            assertThat(board.heard("closed")).isEqualTo("carol");
        }
    }

    @ParameterizedTest
    @CsvSource({"wrong, BAD_USER_NAME_OR_PASSWORD", "throw, SERVER_UNAVAILABLE"})
    void refusesWhenTheConversationFails(String said, ReasonCode reason) throws IOException, InterruptedException {
        try (TestClient mallory = asked("mallory")) {
            mallory.send(answer(said));
            assertThat(mallory.expect(ConnAck.class).reason()).isEqualTo(reason);
            mallory.expectClosed();
            assertThat(board.heard("closed")).isEqualTo("mallory");
        }
    }

    /** {@code auth-all} would let in anybody who names no method. */
    @Test
    void refusesAMethodThatNobodyOffers() throws IOException {
        try (TestClient client = gatehouse.open()) {
            ConnAck answer = client.tryConnect(Connects.withMethod("dave", "SIGN", "hello"));
            assertThat(answer.reason()).isEqualTo(ReasonCode.BAD_AUTHENTICATION_METHOD);
            client.expectClosed();
        }
    }

    @Test
    void refusesAChangeOfTheMethodInTheConversation() throws IOException, InterruptedException {
        try (TestClient client = asked("eve")) {
            client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "SIGN", "eve"));
            assertThat(client.expect(ConnAck.class).reason()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
            client.expectClosed();
            assertThat(board.heard("closed")).isEqualTo("eve");
        }
    }

    @Test
    void refusesWhoDoesSomethingElseBeforeBeingLetIn() throws IOException, InterruptedException {
        try (TestClient client = asked("frank")) {
            client.send(new PingReq());
            assertThat(client.expect(ConnAck.class).reason()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
            client.expectClosed();
            assertThat(board.heard("closed")).isEqualTo("frank");
        }
    }

    @Test
    void endsTheConversationWhenTheClientLeavesIt() throws IOException, InterruptedException {
        asked("grace").close();
        assertThat(board.heard("closed")).isEqualTo("grace");
    }

    @Test
    void authenticatesAConnectedClientAgain() throws IOException, InterruptedException {
        try (TestClient heidi = connected("heidi")) {
            heidi.send(again("hello"));
            assertThat(heidi.expect(Auth.class)).isEqualTo(answer("who?"));
            heidi.ping();
            heidi.send(answer("second"));
            assertThat(heidi.expect(Auth.class)).isEqualTo(auth(ReasonCode.SUCCESS, METHOD, "welcome"));
            assertThat(client("heidi").attributes()).containsEntry("said", "second");
            assertThat(board.heard("closed")).isEqualTo("heidi");
            heidi.ping();
        }
    }

    @ParameterizedTest
    @CsvSource({"wrong, NOT_AUTHORIZED", "throw, NOT_AUTHORIZED"})
    void disconnectsWhoFailsToAuthenticateAgain(String said, ReasonCode told) throws IOException, InterruptedException {
        try (TestClient ivan = connected("ivan")) {
            ivan.send(again("hello"));
            ivan.expect(Auth.class);
            ivan.send(answer(said));
            assertThat(ivan.disconnected()).isEqualTo(told);
            assertThat(board.heard("closed")).isEqualTo("ivan");
        }
    }

    @Test
    void disconnectsWhoAnswersAQuestionThatWasNotAsked() throws IOException, InterruptedException {
        try (TestClient judy = connected("judy")) {
            judy.send(answer("judy"));
            assertThat(judy.disconnected()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        }
    }

    @Test
    void disconnectsWhoBeginsASecondConversationInTheFirst() throws IOException, InterruptedException {
        try (TestClient ken = connected("ken")) {
            ken.send(again("hello"));
            ken.expect(Auth.class);
            ken.send(again("hello"));
            assertThat(ken.disconnected()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
            assertThat(board.heard("closed")).isEqualTo("ken");
        }
    }

    @Test
    void disconnectsWhoConnectedWithoutAMethodAndWantsToAuthenticateAgain() throws IOException {
        try (TestClient leo = gatehouse.connected("leo")) {
            leo.send(again("hello"));
            assertThat(leo.disconnected()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        }
    }
}
