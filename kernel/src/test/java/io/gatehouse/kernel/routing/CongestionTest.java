package io.gatehouse.kernel.routing;

import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lanes that are behind with what others hand over to them. */
class CongestionTest {
    private static final long LIMIT = 1_000;

    private final List<TestLane> lanes = List.of(new TestLane(0), new TestLane(1), new TestLane(2));
    private final Router router = new Router(List.copyOf(lanes), () -> SharedStrategy.ROUND_ROBIN, () -> LIMIT);
    private final List<String> relieved = new ArrayList<>();

    private void subscriber(String topic, int lane) {
        Session session = new Session(
                topic, lanes.get(lane), new SessionLimits(100, 100, 1_000), new RecordingObserver(), () -> 0L);
        session.attach(new RecordingSink(), 100);
        Subscription options = Subscription.of(topic, Qos.AT_MOST_ONCE);
        router.add(new SessionSubscription(session, topic, options, 0));
    }

    /** Publishes on a lane, which hands over what is for others. */
    private void publish(int lane, String topic, int bytes) {
        router.route(lanes.get(lane), new Publication(message(topic, "x".repeat(bytes), Qos.AT_MOST_ONCE), null, 0));
        lanes.get(lane).run();
    }

    private void whenRelieved(int lane) {
        router.whenRelieved(lanes.get(lane), () -> relieved.add("lane " + lane));
    }

    @Test
    void isThereFromTheLimitOnUntilTheOtherLaneHasCaughtUp() {
        subscriber("to/1", 1);
        publish(0, "to/1", 500);
        assertThat(router.isCongested(lanes.get(0))).isFalse();

        publish(0, "to/1", 500);
        assertThat(router.isCongested(lanes.get(0))).isTrue();
        whenRelieved(0);
        lanes.get(1).run();
        assertThat(relieved).isEmpty(); // it is told on its own lane
        lanes.get(0).run();

        assertThat(router.isCongested(lanes.get(0))).isFalse();
        assertThat(relieved).containsExactly("lane 0");
    }

    @Test
    void doesNotConcernLanesThatSendToOthers() {
        subscriber("to/1", 1);
        subscriber("to/0", 0);
        publish(0, "to/1", 2_000);

        publish(2, "to/0", 10);

        assertThat(router.isCongested(lanes.get(0))).isTrue();
        assertThat(router.isCongested(lanes.get(2))).isFalse();
    }

    @Test
    void endsWithTheLastLaneThatIsBehind() {
        subscriber("to/1", 1);
        subscriber("to/2", 2);
        publish(0, "to/1", 2_000);
        publish(0, "to/2", 2_000);
        whenRelieved(0);

        lanes.get(1).run();
        lanes.get(0).run();
        assertThat(relieved).isEmpty();
        lanes.get(2).run();
        lanes.get(0).run();

        assertThat(relieved).containsExactly("lane 0");
    }

    @Test
    void twoLanesThatAreBehindWithEachOtherBothGoOn() {
        subscriber("to/0", 0);
        subscriber("to/1", 1);
        router.route(lanes.get(0), new Publication(message("to/1", "x".repeat(2_000), Qos.AT_MOST_ONCE), null, 0));
        router.route(lanes.get(1), new Publication(message("to/0", "x".repeat(2_000), Qos.AT_MOST_ONCE), null, 0));
        lanes.get(0).run();
        whenRelieved(0);
        whenRelieved(1);

        for (int round = 0; round < 3; round++) {
            lanes.forEach(TestLane::run);
        }

        assertThat(relieved).containsExactlyInAnyOrder("lane 0", "lane 1");
    }

    /** Or all that is read in one round would be handed over before anybody notices. */
    @Test
    void isNoticedWithinALargeBatchAlready() {
        subscriber("to/1", 1);

        for (int i = 0; i < 300; i++) {
            router.route(lanes.get(0), new Publication(message("to/1", "x".repeat(1_000), Qos.AT_MOST_ONCE), null, 0));
        }

        assertThat(router.isCongested(lanes.get(0))).isTrue();
    }

    @Test
    void aLaneIsNeverBehindWithItself() {
        subscriber("to/0", 0);

        publish(0, "to/0", 5_000);

        assertThat(router.isCongested(lanes.get(0))).isFalse();
    }
}
