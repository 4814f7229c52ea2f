package io.gatehouse.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.security.AuthenticationChainTest.Talker;
import io.gatehouse.sdk.auth.AuthExchange;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.AuthStep;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.auth.EnhancedAuthenticator;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthConversationTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Payload QUESTION = Payload.ofUtf8("question");

    private static Gate<Object> gate(String name, @Nullable String method, AuthExchange exchange) {
        return Gate.of(name, new Talker(method, exchange), false);
    }

    private static EnhancedStart begin(String method, List<Gate<Object>> gates) {
        return new AuthenticationChain(gates, AMPLE).beginEnhanced(Requests.connect(), method);
    }

    private static AuthConversation started(Gate<Object> gate, Duration deadline) {
        EnhancedStart start = new AuthenticationChain(List.of(gate), deadline).beginEnhanced(Requests.connect(), "M");
        return ((EnhancedStart.Started) start).conversation();
    }

    private static AuthStepOutcome next(AuthExchange exchange) {
        return started(gate("a", "M", exchange), AMPLE).next(Payload.EMPTY);
    }

    private static void assertUnavailable(AuthStepOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AuthStepOutcome.Refused.class,
                        refused -> assertThat(refused.refused().reason()).isEqualTo(ReasonCode.SERVER_UNAVAILABLE));
    }

    @Test
    void picksTheFirstModuleWithTheMethod() {
        List<Gate<Object>> gates = List.of(
                Gate.of("plain", (Authenticator) r -> AuthResult.accept(), false),
                gate("other", "N", data -> new AuthStep.Continue(Payload.EMPTY)),
                gate("first", "M", data -> new AuthStep.Continue(QUESTION)),
                gate("second", "M", data -> new AuthStep.Continue(Payload.EMPTY)),
                Gate.absent("behind"));
        assertThat(begin("M", gates)).isInstanceOfSatisfying(EnhancedStart.Started.class, started -> {
            assertThat(started.conversation().module()).isEqualTo("first");
            assertThat(started.conversation().method()).isEqualTo("M");
            assertThat(started.conversation().next(Payload.EMPTY)).isEqualTo(new AuthStepOutcome.Continue(QUESTION));
        });
    }

    @Test
    void refusesAMethodThatNobodyOffers() {
        List<Gate<Object>> gates = List.of(gate("a", "N", data -> new AuthStep.Continue(Payload.EMPTY)));
        assertThat(begin("M", gates))
                .isInstanceOfSatisfying(
                        EnhancedStart.NotStarted.class,
                        notStarted -> assertThat(notStarted.outcome())
                                .isInstanceOfSatisfying(
                                        AuthOutcome.Refused.class,
                                        refused -> assertThat(refused.reason())
                                                .isEqualTo(ReasonCode.BAD_AUTHENTICATION_METHOD)));
    }

    @Test
    void reportsAHoleBeforeTheMethodIsFound() {
        List<Gate<Object>> gates =
                List.of(Gate.absent("gone"), gate("a", "M", data -> new AuthStep.Continue(Payload.EMPTY)));
        assertThat(begin("M", gates)).isEqualTo(new EnhancedStart.NotStarted(new AuthOutcome.Absent("gone")));
    }

    @Test
    void refusesWhenTheMethodOrTheBeginningFails() {
        EnhancedAuthenticator broken = new EnhancedAuthenticator() {
            @Override
            public String method() {
                return "M";
            }

            @Override
            public AuthExchange begin(ConnectRequest request) throws IOException {
                throw new IOException("no key");
            }
        };
        for (Gate<Object> gate : List.of(
                Gate.<Object>of("a", broken, false), gate("a", null, data -> new AuthStep.Continue(Payload.EMPTY)))) {
            assertThat(begin("M", List.of(gate)))
                    .isInstanceOfSatisfying(
                            EnhancedStart.NotStarted.class,
                            notStarted -> assertThat(notStarted.outcome())
                                    .isInstanceOfSatisfying(
                                            AuthOutcome.Refused.class,
                                            refused -> assertThat(refused.reason())
                                                    .isEqualTo(ReasonCode.SERVER_UNAVAILABLE)));
            assertThat(gate.meter().failures()).isEqualTo(1);
        }
    }

    @Test
    void acceptsWithTheIdentityAndTheData() {
        AuthStepOutcome outcome =
                next(data -> new AuthStep.Success(AuthResult.accept().withUsername("carol"), QUESTION));
        assertThat(outcome).isInstanceOfSatisfying(AuthStepOutcome.Done.class, done -> {
            assertThat(done.accepted().client().username()).isEqualTo("carol");
            assertThat(done.data()).isEqualTo(QUESTION);
        });
    }

    @Test
    void refusesAsTheModuleSaid() {
        assertThat(next(data -> new AuthStep.Failure(AuthResult.reject("wrong proof"))))
                .isEqualTo(new AuthStepOutcome.Refused(
                        new AuthOutcome.Refused(ReasonCode.BAD_USER_NAME_OR_PASSWORD, "wrong proof", "a")));
    }

    @Test
    void refusesASuccessThatHasExpired() {
        assertThat(next(data -> new AuthStep.Success(AuthResult.accept().withExpiresAt(Instant.EPOCH), QUESTION)))
                .isInstanceOf(AuthStepOutcome.Refused.class);
    }

    @Test
    @SuppressWarnings("NullAway") // what a plugin may do all the same
    void refusesWhenAStepFails() {
        assertUnavailable(next(data -> null));
        assertUnavailable(next(data -> new AuthStep.Continue(null)));
        assertUnavailable(next(data -> new AuthStep.Success(null, Payload.EMPTY)));
        assertUnavailable(next(data -> new AuthStep.Success(AuthResult.accept(), null)));
        assertUnavailable(next(data -> new AuthStep.Failure(null)));
        assertUnavailable(next(data -> {
            throw new IOException("gone");
        }));
        assertUnavailable(next(data -> {
            throw new StackOverflowError();
        }));
        assertUnavailable(started(
                        gate("a", "M", data -> {
                            new CountDownLatch(1).await();
                            return new AuthStep.Success(AuthResult.accept(), Payload.EMPTY);
                        }),
                        Duration.ofMillis(20))
                .next(Payload.EMPTY));
    }

    @Test
    void tellsTheModuleOnceThatItIsOver() {
        AtomicInteger closed = new AtomicInteger();
        AuthExchange exchange = new AuthExchange() {
            @Override
            public AuthStep next(Payload data) {
                return new AuthStep.Continue(data);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
                throw new IllegalStateException("closing failed");
            }
        };
        Gate<Object> gate = gate("a", "M", exchange);
        AuthConversation conversation = started(gate, AMPLE);
        conversation.close();
        conversation.close();
        assertThat(closed).hasValue(1);
        assertThat(gate.meter().failures()).isEqualTo(1);
        assertUnavailable(conversation.next(Payload.EMPTY));
    }
}
