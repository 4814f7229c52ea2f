package io.gatehouse.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationChainTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Action ACTION = new Action.Publish("a/b", Qos.AT_LEAST_ONCE, false);
    private static final Client CLIENT = Requests.client(false);

    private final List<String> asked = new ArrayList<>();
    private final LaneSlot lane = new LaneSlot(0);

    private Gate<Authorizer> gate(String name, boolean blocking, Authorizer authorizer) {
        return Gate.of(
                name,
                (client, action) -> {
                    asked.add(name);
                    return authorizer.decide(client, action);
                },
                blocking);
    }

    private Gate<Authorizer> quick(String name, Decision decision) {
        return gate(name, false, (client, action) -> decision);
    }

    private Gate<Authorizer> slow(String name, Decision decision) {
        return gate(name, true, (client, action) -> decision);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static AuthorizationChain chain(Gate<Authorizer>... gates) {
        return new AuthorizationChain(List.of(gates), false, AMPLE);
    }

    private void assertBoth(AuthorizationChain chain, List<AclRule> acl, Permission expected) {
        assertThat(chain.decideOnLane(CLIENT, acl, ACTION, lane)).isEqualTo(expected);
        assertThat(chain.decideBlocking(CLIENT, acl, ACTION)).isEqualTo(expected);
    }

    @Test
    void deniesWhenNobodyHasAnOpinion() {
        assertBoth(chain(), List.of(), Permission.DENIED);
        assertBoth(chain(quick("a", Decision.ABSTAIN)), List.of(), Permission.DENIED);
    }

    @Test
    void allowsWhatNobodyHasAnOpinionAboutWhenToldSo() {
        assertBoth(
                new AuthorizationChain(List.of(quick("a", Decision.ABSTAIN)), true, AMPLE),
                List.of(),
                Permission.ALLOWED);
    }

    @Test
    void asksNobodyForASuperuser() {
        AuthorizationChain chain = chain(quick("a", Decision.DENY), Gate.absent("b"));
        List<AclRule> acl = List.of(AclRule.deny("#"));
        assertThat(chain.decideOnLane(Requests.client(true), acl, ACTION, lane)).isEqualTo(Permission.ALLOWED);
        assertThat(chain.decideBlocking(Requests.client(true), acl, ACTION)).isEqualTo(Permission.ALLOWED);
        assertThat(asked).isEmpty();
    }

    @Test
    void asksTheRulesBeforeTheSources() {
        assertBoth(chain(quick("a", Decision.DENY)), List.of(AclRule.allow("a/+")), Permission.ALLOWED);
        assertBoth(chain(quick("a", Decision.ALLOW)), List.of(AclRule.deny("a/+")), Permission.DENIED);
        assertThat(asked).isEmpty();
        assertBoth(chain(quick("a", Decision.ALLOW)), List.of(AclRule.deny("x")), Permission.ALLOWED);
    }

    @Test
    void asksTheSourcesInOrderUntilOneDecides() {
        Gate<Authorizer> denying = quick("b", Decision.DENY);
        AuthorizationChain chain = chain(quick("a", Decision.ABSTAIN), denying, quick("c", Decision.ALLOW));
        assertThat(chain.decideOnLane(CLIENT, List.of(), ACTION, lane)).isEqualTo(Permission.DENIED);
        assertThat(asked).containsExactly("a", "b");
        assertThat(denying.meter().refusals()).isEqualTo(1);
        assertThat(denying.meter().failures()).isZero();
    }

    @Test
    void leavesBlockingSourcesToVirtualThreads() {
        AuthorizationChain chain = chain(quick("a", Decision.ABSTAIN), slow("b", Decision.ALLOW));
        assertThat(chain.decideOnLane(CLIENT, List.of(), ACTION, lane)).isEqualTo(Permission.UNDECIDED);
        assertThat(asked).containsExactly("a");
        assertThat(chain.decideBlocking(CLIENT, List.of(), ACTION)).isEqualTo(Permission.ALLOWED);
    }

    @Test
    void decidesOnTheLaneWhatComesBeforeABlockingSource() {
        assertThat(chain(quick("a", Decision.ALLOW), slow("b", Decision.DENY))
                        .decideOnLane(CLIENT, List.of(), ACTION, lane))
                .isEqualTo(Permission.ALLOWED);
        assertThat(asked).containsExactly("a");
    }

    @Test
    void refusesWhenASourceIsAbsent() {
        assertBoth(chain(Gate.absent("a"), quick("b", Decision.ALLOW)), List.of(), Permission.ABSENT);
        assertThat(asked).isEmpty();
    }

    @Test
    void refusesAtAHoleEvenWhenNoMatchAllows() {
        assertBoth(new AuthorizationChain(List.of(Gate.absent("a")), true, AMPLE), List.of(), Permission.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @SuppressWarnings("NullAway") // what a plugin may do all the same
    void refusesWhenASourceFails(boolean blocking) {
        for (Authorizer broken : List.<Authorizer>of(
                (client, action) -> null,
                (client, action) -> {
                    throw new IOException("gone");
                },
                (client, action) -> {
                    throw new StackOverflowError();
                },
                (client, action) -> {
                    throw new NoClassDefFoundError();
                })) {
            Gate<Authorizer> gate = gate("a", blocking, broken);
            AuthorizationChain chain = new AuthorizationChain(List.of(gate, quick("b", Decision.ALLOW)), true, AMPLE);
            assertThat(chain.decideBlocking(CLIENT, List.of(), ACTION)).isEqualTo(Permission.UNAVAILABLE);
            assertThat(gate.meter().failures()).isEqualTo(1);
        }
        assertThat(asked).containsOnly("a");
    }

    @Test
    void refusesWhenABlockingSourceIsLate() {
        Gate<Authorizer> gate = gate("a", true, (client, action) -> {
            new CountDownLatch(1).await();
            return Decision.ALLOW;
        });
        assertThat(new AuthorizationChain(List.of(gate), true, Duration.ofMillis(20))
                        .decideBlocking(CLIENT, List.of(), ACTION))
                .isEqualTo(Permission.UNAVAILABLE);
        assertThat(gate.meter().failures()).isEqualTo(1);
    }

    @Test
    void permitsOnlyWhatIsAllowed() {
        for (Permission permission : Permission.values()) {
            assertThat(permission.isAllowed()).isEqualTo(permission == Permission.ALLOWED);
        }
    }
}
