package io.gatehouse.kernel.routing;

import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.config.SharedStrategy;
import io.gatehouse.kernel.fakes.RecordingObserver;
import io.gatehouse.kernel.fakes.RecordingSink;
import io.gatehouse.kernel.fakes.TestLane;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionLimits;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets the messages of a shared subscription, by strategy. Members 0 and 2 are on lane 0, members 1 and 3 on lane 1. */
class TurnTest {
    private final List<TestLane> lanes = List.of(new TestLane(0), new TestLane(1));
    private final List<Session> sessions = IntStream.range(0, 4)
            .mapToObj(i -> new Session(
                    "s" + i, lanes.get(i % 2), new SessionLimits(100, 100, 1_000), new RecordingObserver(), () -> 0L))
            .toList();

    private SharedGroup group(SharedStrategy strategy) {
        SharedGroup group = new SharedGroup(
                new Router(List.copyOf(lanes), () -> strategy, () -> Long.MAX_VALUE), "$queue/a", Turn.by(strategy));
        for (Session session : sessions) {
            session.attach(new RecordingSink(), 100);
            group.add(new SessionSubscription(session, "$queue/a", Subscription.of("$queue/a", Qos.EXACTLY_ONCE), 0));
        }
        return group;
    }

    private static Publication publication(String topic, String publisher) {
        return new Publication(message(topic, "m", Qos.AT_MOST_ONCE), publisher, 0);
    }

    private int next(SharedGroup group, Publication publication, int lane) {
        SessionSubscription member = group.next(publication, lanes.get(lane));
        assertThat(member).isNotNull();
        return sessions.indexOf(member.session());
    }

    private Set<Integer> reached(SharedGroup group, int times, IntFunction<Publication> publications) {
        Set<Integer> reached = new TreeSet<>();
        IntStream.range(0, times).forEach(i -> reached.add(next(group, publications.apply(i), 0)));
        return reached;
    }

    @Test
    void roundRobinGoesRound() {
        SharedGroup group = group(SharedStrategy.ROUND_ROBIN);

        assertThat(IntStream.range(0, 8).map(i -> next(group, publication("a", "p"), 0)))
                .containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
    }

    @Test
    void randomReachesAll() {
        assertThat(reached(group(SharedStrategy.RANDOM), 1_000, i -> publication("a", "p")))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void stickyStaysUntilItsMemberIsGone() {
        SharedGroup group = group(SharedStrategy.STICKY);
        int first = next(group, publication("a", "p"), 0);

        assertThat(reached(group, 100, i -> publication("a" + i, "p" + i))).containsExactly(first);
        sessions.get(first).detach();
        int second = next(group, publication("a", "p"), 1);
        assertThat(second).isNotEqualTo(first);
        sessions.get(first).attach(new RecordingSink(), 100);
        assertThat(reached(group, 100, i -> publication("a", "p"))).containsExactly(second);
    }

    @Test
    void stickyKnowsItsMemberWhenThatSubscribesAgain() {
        SharedGroup group = group(SharedStrategy.STICKY);
        int first = next(group, publication("a", "p"), 0);
        SessionSubscription old = group.next(publication("a", "p"), lanes.getFirst());
        assertThat(old).isNotNull();
        group.add(new SessionSubscription(old.session(), "$queue/a", old.options(), 7));
        group.remove(old);

        assertThat(reached(group, 100, i -> publication("a", "p"))).containsExactly(first);
    }

    @Test
    void stickyForgetsAMemberThatHasLeft() {
        Turn turn = Turn.by(SharedStrategy.STICKY);
        SharedGroup group = new SharedGroup(new Router(List.copyOf(lanes)), "$queue/a", turn);
        WeakReference<Session> left = joinAndLeave(group);

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return left.get() == null;
        });
        assertThat(group.isEmpty()).isTrue();
    }

    private WeakReference<Session> joinAndLeave(SharedGroup group) {
        Session session = new Session(
                "leaves", lanes.getFirst(), new SessionLimits(100, 100, 1_000), new RecordingObserver(), () -> 0L);
        session.attach(new RecordingSink(), 100);
        SessionSubscription member =
                new SessionSubscription(session, "$queue/a", Subscription.of("$queue/a", Qos.EXACTLY_ONCE), 0);
        group.add(member);
        assertThat(group.next(publication("a", "p"), lanes.getFirst())).isSameAs(member);
        group.remove(member);
        return new WeakReference<>(session);
    }

    @Test
    void localGoesRoundOnTheLaneThatAsks() {
        SharedGroup group = group(SharedStrategy.LOCAL);

        assertThat(reached(group, 100, i -> publication("a", "p"))).containsExactly(0, 2);
        sessions.get(0).detach();
        sessions.get(2).detach();
        assertThat(reached(group, 100, i -> publication("a", "p"))).containsExactly(1, 3);
    }

    @Test
    void hashTopicKeepsATopicWithOneMember() {
        SharedGroup group = group(SharedStrategy.HASH_TOPIC);

        assertThat(reached(group, 100, i -> publication("a", "p" + i))).hasSize(1);
        assertThat(reached(group, 1_000, i -> publication("a" + i, "p"))).containsExactly(0, 1, 2, 3);
    }

    @Test
    void hashClientIdKeepsAPublisherWithOneMember() {
        SharedGroup group = group(SharedStrategy.HASH_CLIENT_ID);

        assertThat(reached(group, 100, i -> publication("a" + i, "p"))).hasSize(1);
        assertThat(reached(group, 1_000, i -> publication("a", "p" + i))).containsExactly(0, 1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource(SharedStrategy.class)
    void prefersThoseThatAreConnected(SharedStrategy strategy) {
        SharedGroup group = group(strategy);
        List.of(0, 1, 3).forEach(i -> sessions.get(i).detach());

        assertThat(reached(group, 100, i -> publication("a" + i, "p" + i))).containsExactly(2);
    }

    @ParameterizedTest
    @EnumSource(SharedStrategy.class)
    void passesOverThoseThatHaveNoRoom(SharedStrategy strategy) {
        SharedGroup group = group(strategy);
        List.of(0, 1, 3).forEach(i -> fill(sessions.get(i)));

        assertThat(reached(group, 100, i -> publication("a" + i, "p" + i))).containsExactly(2);
    }

    private static void fill(Session session) {
        while (session.offerShared(
                publication("a", "p"), Qos.AT_LEAST_ONCE, false, List.of(), (lane, message) -> {}, false)) {}
    }

    @Test
    void stickyComesBackToItsMemberWhenThatHasRoomAgain() {
        SharedGroup group = group(SharedStrategy.STICKY);
        int first = next(group, publication("a", "p"), 0);
        fill(sessions.get(first));
        assertThat(next(group, publication("a", "p"), 0)).isNotEqualTo(first);

        sessions.get(first).acknowledged(1);

        assertThat(next(group, publication("a", "p"), 0)).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(SharedStrategy.class)
    void letsAMessageWaitForOneWhenNobodyIsConnected(SharedStrategy strategy) {
        SharedGroup group = group(strategy);
        sessions.forEach(Session::detach);

        assertThat(group.next(publication("a", "p"), lanes.getFirst())).isNotNull();
    }
}
