package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.MqttVersion;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What an authenticator decides is what happens to the client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticatorTest {
    private final Board board = new Board();
    private RunningGatehouse gatehouse;

    @BeforeAll
    void start(@TempDir Path home) throws IOException, StartFailure {
        gatehouse = new RunningGatehouse(
                home,
                """
                authentication { chain = [auth-first, auth-second], deadline = 300ms }
                authorization { sources = [authz-tenant], no-match = deny }
                """,
                board.plugin("acme.auth")
                        .source("First", """
                            @Component(name = "auth-first") public class First implements Authenticator {
                              public AuthResult authenticate(ConnectRequest request) throws Exception {
                                return switch (request.client().username()) {
                                  case "alice" -> AuthResult.accept().withAttributes(Map.of("tenant", "north"));
                                  case "root" -> AuthResult.accept().withSuperuser(true);
                                  case "ruled" -> AuthResult.accept().withAcl(List.of(
                                      AclRule.allow("rules/#"), AclRule.deny("north/#")))
                                      .withAttributes(Map.of("tenant", "north"));
                                  case "brief" -> AuthResult.accept().withExpiresAt(java.time.Instant.now().plusSeconds(1));
                                  case "banned" -> new AuthResult.Reject(ReasonCode.BANNED, "for a test");
                                  case "liar" -> AuthResult.reject("for a test");
                                  case "thrower" -> throw new IllegalStateException("for a test");
                                  case "null" -> null;
                                  case "hanger" -> { Board.await("never"); yield AuthResult.accept(); }
                                  default -> AuthResult.abstain(); }; } }
                            """)
                        .source("Second", """
                            @Component(name = "auth-second") public class Second implements Authenticator {
                              public AuthResult authenticate(ConnectRequest request) {
                                return switch (request.client().username()) {
                                  case "stranger" -> AuthResult.abstain();
                                  case "bob" -> AuthResult.accept().withUsername("robert").withClientId("robert-1");
                                  default -> AuthResult.accept(); }; } }
                            """)
                        .source("Tenant", """
                            @Component(name = "authz-tenant") public class Tenant implements Authorizer {
                              public Decision decide(Client client, Action action) {
                                String tenant = client.attributes().getOrDefault("tenant", "nobody");
                                return action.topic().startsWith(tenant + "/") ? Decision.ALLOW : Decision.ABSTAIN; } }
                            """));
    }

    @AfterAll
    void stop() {
        gatehouse.close();
        board.close();
    }

    @Test
    void givesTheAuthorizersTheAttributesOfTheClient() throws IOException {
        try (TestClient alice = gatehouse.connected("alice")) {
            assertThat(alice.subscribe("north/#")).isEqualTo(ReasonCode.GRANTED_QOS_1);
            assertThat(alice.subscribe("south/#")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(alice.publish("south/1", "")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void letsASuperuserPassOverAuthorization() throws IOException {
        try (TestClient root = gatehouse.connected("root")) {
            assertThat(root.subscribe("any/#")).isEqualTo(ReasonCode.GRANTED_QOS_1);
        }
    }

    @Test
    void asksTheRulesOfTheClientBeforeTheSources() throws IOException {
        try (TestClient ruled = gatehouse.connected("ruled")) {
            assertThat(ruled.subscribe("rules/#")).isEqualTo(ReasonCode.GRANTED_QOS_1);
            assertThat(ruled.subscribe("north/#")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(ruled.subscribe("other/#")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void disconnectsTheClientWhenItsPermissionEnds() throws IOException {
        try (TestClient brief = gatehouse.connected("brief");
                TestClient old = gatehouse.connected(Connects.of(MqttVersion.V3_1_1, "brief-2"))) {
            assertThat(brief.disconnected()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            old.ping();
        }
    }

    @Test
    void closesTheConnectionOfAnOlderClientWhenItsPermissionEnds() throws IOException {
        try (TestClient brief = gatehouse.connected(Connects.of(MqttVersion.V3_1_1, "brief"))) {
            brief.expectClosed();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "V5, banned, BANNED",
        "V3_1_1, banned, NOT_AUTHORIZED",
        "V3_1, banned, NOT_AUTHORIZED",
        "V5, liar, BAD_USER_NAME_OR_PASSWORD",
        "V3_1_1, liar, BAD_USER_NAME_OR_PASSWORD",
        "V3_1, liar, BAD_USER_NAME_OR_PASSWORD"
    })
    void tellsTheClientWhyItIsRefused(MqttVersion version, String name, ReasonCode told) throws IOException {
        try (TestClient client = gatehouse.open()) {
            assertThat(client.tryConnect(Connects.of(version, name)).reason()).isEqualTo(told);
            client.expectClosed();
        }
    }

    @Test
    void asksTheNextWhenOneAbstainsAndUsesTheNamesItGives() throws IOException {
        try (TestClient bob = gatehouse.connected("bob")) {
            Client client = gatehouse.view().session("robert-1").orElseThrow().client();
            assertThat(client.username()).isEqualTo("robert");
            assertThat(gatehouse.view().session("bob")).isEmpty();
            bob.ping();
        }
    }

    @Test
    void refusesWhomNobodyKnows() throws IOException {
        try (TestClient stranger = gatehouse.open()) {
            assertThat(stranger.tryConnect(Connects.v5("stranger")).reason()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    /** The next in the chain would let them in. */
    @ParameterizedTest
    @ValueSource(strings = {"thrower", "null", "hanger"})
    void refusesAsUnavailableWhenAnAuthenticatorFails(String name) throws IOException {
        for (MqttVersion version : MqttVersion.values()) {
            try (TestClient client = gatehouse.open()) {
                assertThat(client.tryConnect(Connects.of(version, name)).reason())
                        .isEqualTo(ReasonCode.SERVER_UNAVAILABLE);
                client.expectClosed();
            }
        }
    }
}
