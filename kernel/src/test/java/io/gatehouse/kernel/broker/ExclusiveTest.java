package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect311;
import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static io.gatehouse.kernel.fakes.Messages.retained;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.RecordingObserver;
import io.gatehouse.kernel.fakes.TestFeatures;
import io.gatehouse.kernel.fakes.TestLane;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionLimits;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code $exclusive/topic}. */
class ExclusiveTest {
    private static final String FILTER = "$exclusive/a";

    private final TestBroker broker = new TestBroker(TestFeatures.EXCLUSIVE);
    private final TestClient first = broker.connect(connect5("first", true, 100));
    private final TestClient second = broker.connect(connect5("second", true, 0));

    private void publish(String text) {
        broker.core.broker().publish(message("a", text, Qos.AT_LEAST_ONCE));
        broker.settle();
    }

    @Test
    void givesTheTopicToOneClientAtATime() {
        assertThat(first.subscribe(FILTER, Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        assertThat(second.subscribe(FILTER, Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(second.subscribe("$exclusive/b", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        publish("m");

        assertThat(first.link.messages()).containsExactly("a=m");
        assertThat(second.link.messages()).isEmpty();
    }

    @Test
    void tellsOlderClientsTheOneFailureTheyKnow() {
        first.subscribe(FILTER, Qos.AT_LEAST_ONCE);

        assertThat(broker.connect(connect311("old", true)).subscribe(FILTER, Qos.AT_LEAST_ONCE))
                .matches(ReasonCode::isFailure); // the codec makes 0x80 of it
    }

    @Test
    void leavesOrdinarySubscriptionsAlone() {
        first.subscribe(FILTER, Qos.AT_LEAST_ONCE);
        second.subscribe("a", Qos.AT_LEAST_ONCE);

        publish("m");

        assertThat(first.link.messages()).containsExactly("a=m");
        assertThat(second.link.messages()).containsExactly("a=m");
    }

    @Test
    void sendsTheRetainedMessage() {
        broker.core.broker().publish(retained("a", "kept", Qos.AT_LEAST_ONCE));
        broker.settle();

        first.subscribe(FILTER, Qos.AT_LEAST_ONCE);

        assertThat(first.link.messages()).containsExactly("a=kept");
    }

    @Test
    void mayBeAskedForAgainByItsHolder() {
        first.subscribe(FILTER, Qos.AT_LEAST_ONCE);
        assertThat(first.subscribe(FILTER, Qos.EXACTLY_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_2);

        assertThat(second.subscribe(FILTER, Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        first.unsubscribe(FILTER);
        assertThat(second.subscribe(FILTER, Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void isFreeAgainAfterUnsubscribe() {
        first.subscribe(FILTER, Qos.AT_LEAST_ONCE);

        assertThat(first.unsubscribe(FILTER)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(second.subscribe(FILTER, Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        publish("m");

        assertThat(first.link.messages()).isEmpty();
        assertThat(second.link.messages()).containsExactly("a=m");
    }

    @Test
    void staysWithASessionUntilThatEnds() {
        first.subscribe(FILTER, Qos.AT_LEAST_ONCE);
        first.send(new Disconnect(ReasonCode.SUCCESS));
        first.lose();
        assertThat(second.subscribe(FILTER, Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);

        broker.advance(Duration.ofSeconds(100));

        assertThat(second.subscribe(FILTER, Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void isFreeAgainWhenThePolicyTakesItAway() {
        first.subscribe(FILTER, Qos.AT_LEAST_ONCE);
        broker.plugins.authorizer((of, action) -> of.clientId().equals("first") ? Decision.DENY : Decision.ALLOW);
        broker.until(() -> broker.statistics().subscriptions() == 0);

        assertThat(second.subscribe(FILTER, Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void isAuthorizedForTheTopicItself() {
        broker.plugins.authorizer((of, action) -> action.topic().equals("a") ? Decision.DENY : Decision.ALLOW);

        assertThat(first.subscribe(FILTER, Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        broker.plugins.authorizer((of, action) -> Decision.ALLOW);
        assertThat(second.subscribe(FILTER, Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
    }

    @Test
    void isNotHeldTwiceByOneClientUnderTwoNames() {
        broker.plugins.subscribe(Gate.of("i", (of, asked) -> Verdict.forward(asked.withFilter(FILTER)), false));
        assertThat(first.subscribe("x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        assertThat(first.subscribe("y", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$exclusive", "$exclusive/", "$exclusive/+", "$exclusive/a/#", "$exclusive/$share/g/a"})
    void isForOneTopicOnly(String filter) {
        assertThat(first.subscribe(filter, Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
    }

    @Test
    void isRefusedUnlessItIsSwitchedOn() {
        TestBroker plain = new TestBroker();

        assertThat(plain.connect(connect5("c", true, 0)).subscribe(FILTER, Qos.AT_LEAST_ONCE))
                .isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
    }

    /** Sessions of several lanes claim one topic as fast as they can: while one has it, nobody else does. */
    @Test
    void hasOneHolderHoweverManyLanesClaimIt() throws Exception {
        ExclusiveTopics topics = new ExclusiveTopics();
        AtomicInteger holders = new AtomicInteger();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> lanes = IntStream.range(0, 4)
                    .mapToObj(lane -> (Callable<Integer>) () -> mostHolders(topics, claim(lane), holders))
                    .toList();
            for (Future<Integer> most : pool.invokeAll(lanes)) {
                assertThat(most.get()).isEqualTo(1);
            }
        }
    }

    private static int mostHolders(ExclusiveTopics topics, SessionSubscription claim, AtomicInteger holders) {
        int most = 0;
        for (int i = 0; i < 200_000 || most == 0; i++) {
            if (topics.claim(claim)) {
                most = Math.max(most, holders.incrementAndGet());
                holders.decrementAndGet();
                topics.release(claim);
            }
        }
        return most;
    }

    private static SessionSubscription claim(int lane) {
        Session session = new Session(
                "c" + lane, new TestLane(lane), new SessionLimits(1, 1, 1), new RecordingObserver(), () -> 0);
        return new SessionSubscription(session, FILTER, Subscription.of(FILTER, Qos.AT_MOST_ONCE), 0);
    }
}
