package io.gatehouse.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.auth.AuthExchange;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.auth.EnhancedAuthenticator;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationChainTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final List<String> asked = new ArrayList<>();

    private Gate<Object> gate(String name, Authenticator authenticator) {
        Authenticator recording = request -> {
            asked.add(name);
            return authenticator.authenticate(request);
        };
        return Gate.of(name, recording, false);
    }

    private static AuthOutcome judge(Duration deadline, List<Gate<Object>> gates) {
        return new AuthenticationChain(gates, deadline, InstantSource.fixed(NOW)).authenticate(Requests.connect());
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static AuthOutcome judge(Gate<Object>... gates) {
        return judge(AMPLE, List.of(gates));
    }

    private static void assertUnavailable(AuthOutcome outcome, Gate<?> gate) {
        assertThat(outcome).isInstanceOfSatisfying(AuthOutcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(ReasonCode.SERVER_UNAVAILABLE);
            assertThat(refused.module()).isEqualTo(gate.name());
        });
        assertThat(gate.meter().failures()).isEqualTo(1);
    }

    @Test
    void refusesEverybodyWhenTheChainIsEmpty() {
        assertThat(judge()).isInstanceOfSatisfying(AuthOutcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(refused.module()).isEmpty();
        });
    }

    @Test
    void refusesWhenAllAbstain() {
        assertThat(judge(gate("a", r -> AuthResult.abstain()), gate("b", r -> AuthResult.abstain())))
                .isInstanceOfSatisfying(
                        AuthOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ReasonCode.NOT_AUTHORIZED));
        assertThat(asked).containsExactly("a", "b");
    }

    @Test
    void endsWithTheFirstAccept() {
        AuthOutcome outcome =
                judge(gate("a", r -> AuthResult.abstain()), gate("b", r -> AuthResult.accept()), gate("c", r -> {
                    throw new IOException("not reached");
                }));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AuthOutcome.Accepted.class,
                        accepted -> assertThat(accepted.module()).isEqualTo("b"));
        assertThat(asked).containsExactly("a", "b");
    }

    @Test
    void endsWithTheFirstRejectAndItsReason() {
        Gate<Object> rejecting = gate("a", r -> new AuthResult.Reject(ReasonCode.BANNED, "because"));
        assertThat(judge(rejecting, gate("b", r -> AuthResult.accept())))
                .isEqualTo(new AuthOutcome.Refused(ReasonCode.BANNED, "because", "a"));
        assertThat(rejecting.meter().refusals()).isEqualTo(1);
        assertThat(rejecting.meter().failures()).isZero();
        assertThat(asked).containsExactly("a");
    }

    @Test
    void reportsAHoleAndAsksNobodyBehindIt() {
        assertThat(judge(gate("a", r -> AuthResult.abstain()), Gate.absent("b"), gate("c", r -> AuthResult.accept())))
                .isEqualTo(new AuthOutcome.Absent("b"));
        assertThat(asked).containsExactly("a");
    }

    @Test
    void doesNotMindAHoleBehindTheDecision() {
        assertThat(judge(gate("a", r -> AuthResult.accept()), Gate.absent("b")))
                .isInstanceOf(AuthOutcome.Accepted.class);
    }

    @Test
    void passesOverModulesThatOnlyHoldConversations() {
        Gate<Object> talker = Gate.of(
                "talk",
                new Talker("X", data -> {
                    throw new IOException("not reached");
                }),
                false);
        assertThat(judge(talker, gate("a", r -> AuthResult.accept()))).isInstanceOf(AuthOutcome.Accepted.class);
        assertThat(talker.meter().calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                IOException.class,
                IllegalStateException.class,
                StackOverflowError.class,
                NoClassDefFoundError.class,
                OutOfMemoryError.class,
                AssertionError.class,
                InterruptedException.class
            })
    void refusesWhenAModuleThrows(Class<? extends Throwable> type) {
        Gate<Object> gate =
                gate("a", r -> Thrower.sneak(type.getDeclaredConstructor().newInstance()));
        assertUnavailable(judge(gate, gate("b", r -> AuthResult.accept())), gate);
        assertThat(asked).containsExactly("a");
    }

    @Test
    @SuppressWarnings("NullAway") // what a plugin may do all the same
    void refusesWhenAModuleReturnsNull() {
        Gate<Object> gate = gate("a", r -> null);
        assertUnavailable(judge(gate, gate("b", r -> AuthResult.accept())), gate);
    }

    @Test
    void refusesAndInterruptsWhenAModuleIsLate() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        Gate<Object> gate = gate("a", r -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return AuthResult.accept();
        });
        assertUnavailable(judge(SHORT, List.of(gate, gate("b", r -> AuthResult.accept()))), gate);
        interrupted.await();
    }

    @Test
    void refusesInLineWhenAModuleRecursesWithoutEnd() {
        Gate<Object> gate = gate("a", new Authenticator() {
            @Override
            @SuppressWarnings("InfiniteRecursion")
            public AuthResult authenticate(ConnectRequest request) throws Exception {
                return authenticate(request);
            }
        });
        assertUnavailable(judge(gate), gate);
    }

    @Test
    void givesTheClientTheIdentityOfTheAccept() {
        AuthResult.Accept accept = AuthResult.accept()
                .withUsername("real-name")
                .withClientId("real-id")
                .withAttributes(Map.of("tenant", "t1"))
                .withSuperuser(true);
        Client client = accepted(accept).client();
        assertThat(client.username()).isEqualTo("real-name");
        assertThat(client.clientId()).isEqualTo("real-id");
        assertThat(client.attributes()).containsExactly(Map.entry("tenant", "t1"));
        assertThat(client.superuser()).isTrue();
        assertThat(client.peer()).isEqualTo(Requests.connect().client().peer());
    }

    @Test
    void keepsTheClaimedNamesOfAPlainAccept() {
        Client client = accepted(AuthResult.accept()).client();
        assertThat(client.username()).isEqualTo("claimed-name");
        assertThat(client.clientId()).isEqualTo("claimed-id");
    }

    @Test
    void takesBackRightsThatAnAcceptDoesNotGrantAgain() {
        ConnectRequest again = new ConnectRequest(Requests.client(true), null, true, 0, null, List.of());
        AuthOutcome outcome =
                new AuthenticationChain(List.of(gate("a", r -> AuthResult.accept())), AMPLE).authenticate(again);
        assertThat(outcome).isInstanceOfSatisfying(AuthOutcome.Accepted.class, accepted -> {
            assertThat(accepted.client().superuser()).isFalse();
            assertThat(accepted.client().attributes()).isEmpty();
        });
    }

    @Test
    void refusesAnAcceptThatHasExpired() {
        for (Instant past : List.of(NOW, NOW.minusNanos(1), Instant.MIN)) {
            assertThat(judge(gate("a", r -> AuthResult.accept().withExpiresAt(past))))
                    .isInstanceOfSatisfying(
                            AuthOutcome.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(ReasonCode.NOT_AUTHORIZED));
        }
        assertThat(judge(gate("a", r -> AuthResult.accept().withExpiresAt(NOW.plusNanos(1)))))
                .isInstanceOf(AuthOutcome.Accepted.class);
    }

    @Test
    void refusesNamesThatMqttCannotCarry() {
        String tooLong = "é".repeat(32_768);
        for (String bad : List.of("", "a\0b", "\uD800", "x".repeat(65_536), tooLong)) {
            Gate<Object> gate = gate("a", r -> AuthResult.accept().withClientId(bad));
            assertUnavailable(judge(gate), gate);
        }
        for (String bad : List.of("a\0b", "\uDC00", tooLong)) {
            Gate<Object> gate = gate("a", r -> AuthResult.accept().withUsername(bad));
            assertUnavailable(judge(gate), gate);
        }
        assertThat(accepted(AuthResult.accept().withClientId("x".repeat(65_535)).withUsername(""))
                        .client()
                        .username())
                .isEmpty();
    }

    @Test
    void refusesRulesThatCouldNeverMatch() {
        Gate<Object> gate = gate("a", r -> AuthResult.accept().withAcl(List.of(AclRule.deny("secret/#/x"))));
        assertUnavailable(judge(gate), gate);
    }

    @Test
    void countsCalls() {
        Gate<Object> gate = gate("a", r -> AuthResult.abstain());
        judge(gate);
        judge(gate);
        assertThat(gate.meter().calls()).isEqualTo(2);
    }

    private AuthOutcome.Accepted accepted(AuthResult.Accept accept) {
        return (AuthOutcome.Accepted) judge(gate("a", r -> accept));
    }

    /** An enhanced authenticator and nothing else. */
    record Talker(@Nullable String name, AuthExchange exchange) implements EnhancedAuthenticator {
        @Override
        @SuppressWarnings("NullAway") // what a plugin may do all the same
        public String method() {
            return name;
        }

        @Override
        public AuthExchange begin(ConnectRequest request) {
            return exchange;
        }
    }
}
