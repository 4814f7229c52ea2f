package io.gatehouse.kernel.session;

import static io.gatehouse.kernel.fakes.Messages.publication;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.RecordingObserver;
import io.gatehouse.kernel.fakes.RecordingSink;
import io.gatehouse.kernel.fakes.TestLane;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.kernel.topic.Steps;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Searches for retained messages that are too long for one portion of the lane. */
class LongReplayTest {
    private static final int LONG = Portions.STEPS * 5 / 2;

    private final TestLane lane = new TestLane(0);
    private final RecordingSink sink = new RecordingSink();
    private final RecordingObserver observer = new RecordingObserver();
    private final List<Integer> portions = new ArrayList<>();

    /** Finds a message every so many steps. */
    private final class Search implements RetainedMessages {
        private final String name;
        private final int every;
        private int left = LONG;

        Search(String name, int every) {
            this.name = name;
            this.every = every;
        }

        @Override
        public @Nullable Publication next(long nowMillis, Steps steps) {
            while (left > 0 && steps.take()) {
                portions.set(portions.size() - 1, portions.getLast() + 1);
                left--;
                if ((LONG - left) % every == 0) {
                    return publication(name + (LONG - left));
                }
            }
            return null;
        }

        @Override
        public boolean isOver() {
            return left == 0;
        }

        @Override
        public boolean isCurrent(Publication found) {
            return true;
        }
    }

    private Session session(int window) {
        portions.add(0);
        Session session = new Session("c", lane, new SessionLimits(window, 5, 1_000), observer, () -> 0L);
        session.attach(sink, window);
        return session;
    }

    private SessionSubscription subscribe(Session session, String filter, Qos qos) {
        SessionSubscription subscription = new SessionSubscription(session, filter, Subscription.of(filter, qos), 0);
        session.subscriptions().put(filter, subscription);
        return subscription;
    }

    private void replay(Session session, String filter, Qos qos, int every) {
        session.replay(subscribe(session, filter, qos), new Search(filter, every));
    }

    /** Somebody else's task, again and again: what happens between two is a portion. */
    private void others() {
        portions.add(0);
        lane.execute(() -> {
            if (portions.getLast() > 0) {
                others();
            }
        });
    }

    @Test
    void letsTheLaneServeOthersBetweenPortions() {
        Session session = session(10);
        replay(session, "#", Qos.AT_MOST_ONCE, LONG);
        others();
        lane.run();

        assertThat(portions).containsExactly(Portions.STEPS, Portions.STEPS, Portions.STEPS / 2, 0);
        assertThat(sink.take()).containsExactly("#" + LONG + "/0/0 retain");
    }

    @Test
    void givesAllSearchesOfALaneTogetherOnePortionInARound() {
        Session one = session(10);
        Session other = session(10);
        replay(one, "#", Qos.AT_MOST_ONCE, LONG);
        replay(other, "#", Qos.AT_MOST_ONCE, LONG);
        replay(other, "+/#", Qos.AT_MOST_ONCE, LONG);
        others();
        lane.run();

        assertThat(portions).allMatch(steps -> steps <= Portions.STEPS);
        assertThat(portions.stream().mapToInt(steps -> steps).sum()).isEqualTo(3 * LONG);
        assertThat(sink.take()).hasSize(3);
    }

    @Test
    void keepsTheOrderOfSubscriptions() {
        Session session = session(10);
        replay(session, "a", Qos.AT_MOST_ONCE, LONG);
        replay(session, "b", Qos.AT_MOST_ONCE, LONG);
        session.pump(); // which does not go on before its turn
        assertThat(portions).containsExactly(Portions.STEPS);
        lane.run();

        assertThat(sink.take()).containsExactly("a" + LONG + "/0/0 retain", "b" + LONG + "/0/0 retain");
    }

    @Test
    void sendsLiveMessagesMeanwhile() {
        Session session = session(10);
        replay(session, "#", Qos.AT_LEAST_ONCE, LONG);
        session.offer(publication("live"), Qos.AT_LEAST_ONCE, false, List.of());
        lane.run();

        assertThat(sink.take()).containsExactly("live/1/1", "#" + LONG + "/1/2 retain");
    }

    @Test
    void stopsWhenTheSubscriptionEnds() {
        Session session = session(10);
        replay(session, "#", Qos.AT_MOST_ONCE, LONG);
        session.subscriptions().remove("#");
        lane.run();

        assertThat(portions).containsExactly(Portions.STEPS);
        assertThat(sink.take()).isEmpty();
    }

    @Test
    void searchesForTheQueueInPortionsWhenTheConnectionIsLost() {
        Session session = session(10);
        replay(session, "#", Qos.AT_LEAST_ONCE, LONG / 5);
        replay(session, "zero", Qos.AT_MOST_ONCE, 1);
        sink.take();
        session.detach();
        others();
        lane.run();

        assertThat(portions).allMatch(steps -> steps <= Portions.STEPS);
        assertThat(portions.stream().mapToInt(steps -> steps).sum()).isEqualTo(LONG);
        assertThat(session.queued()).isEqualTo(3);
        assertThat(session.inFlight()).isEqualTo(2);
    }

    @Test
    void givesUpWhenTheQueueIsFull() {
        Session session = session(10);
        replay(session, "#", Qos.AT_LEAST_ONCE, LONG);
        session.detach();
        for (int i = 0; i < 5; i++) {
            session.offer(publication("live"), Qos.AT_LEAST_ONCE, false, List.of());
        }
        lane.run();

        assertThat(portions).containsExactly(Portions.STEPS);
        assertThat(session.queued()).isEqualTo(5);
        assertThat(observer.dropped).isEmpty();
    }

    @Test
    void goesOnOverANewConnection() {
        Session session = session(10);
        replay(session, "#", Qos.AT_LEAST_ONCE, LONG);
        session.detach();
        session.attach(sink, 10);
        session.pump();
        lane.run();

        assertThat(sink.take()).containsExactly("#" + LONG + "/1/1 retain");
        assertThat(portions).containsExactly(LONG);
    }

    @Test
    void endsWithTheSession() {
        Session session = session(10);
        replay(session, "#", Qos.AT_LEAST_ONCE, LONG);
        session.end();
        lane.run();

        assertThat(portions).containsExactly(Portions.STEPS);
        assertThat(session.queued()).isZero();
    }

    @Test
    void goesOnWithOthersWhenOneFails() {
        session(10);
        while (lane.portions().take()) {}
        List<String> done = new ArrayList<>();
        lane.portions().whenRenewed(() -> {
            throw new IllegalStateException("expected");
        });
        lane.portions().whenRenewed(() -> done.add("other"));
        try {
            lane.run();
        } catch (IllegalStateException expected) {
            lane.run();
        }
        assertThat(done).containsExactly("other");
    }
}
