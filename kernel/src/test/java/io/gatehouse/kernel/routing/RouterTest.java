package io.gatehouse.kernel.routing;

import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.gatehouse.kernel.fakes.RecordingObserver;
import io.gatehouse.kernel.fakes.RecordingSink;
import io.gatehouse.kernel.fakes.TestLane;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.session.PacketSink;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionLimits;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouterTest {
    private final List<TestLane> lanes = List.of(new TestLane(0), new TestLane(1));
    private final Router router = new Router(List.copyOf(lanes));

    /** A connected client. */
    private final class Subscriber {
        final RecordingSink sink = new RecordingSink();
        final Session session;

        Subscriber(String name, int lane) {
            session = new Session(
                    name, lanes.get(lane), new SessionLimits(100, 100, 1_000), new RecordingObserver(), () -> 0L);
            session.attach(sink, 100);
        }

        SessionSubscription subscribe(Subscription options, int identifier) {
            SessionSubscription made = new SessionSubscription(session, options.filter(), options, identifier);
            router.add(made);
            return made;
        }

        SessionSubscription subscribe(String filter) {
            return subscribe(Subscription.of(filter, Qos.EXACTLY_ONCE), 0);
        }

        List<String> got() {
            return sink.take();
        }
    }

    private int publish(String topic, String text, String publisher) {
        int found =
                router.route(lanes.getFirst(), new Publication(message(topic, text, Qos.AT_MOST_ONCE), publisher, 0));
        settle();
        return found;
    }

    private void settle() {
        while (lanes.stream().map(TestLane::run).reduce(false, Boolean::logicalOr)) {}
    }

    @Test
    void servesSessionsOfItsOwnLaneAtOnceAndOthersOnTheirs() {
        Subscriber here = new Subscriber("here", 0);
        Subscriber there = new Subscriber("there", 1);
        here.subscribe("a/+");
        there.subscribe("a/b");

        int found = router.route(lanes.getFirst(), new Publication(message("a/b", "m", Qos.AT_MOST_ONCE), null, 0));

        assertThat(found).isEqualTo(2);
        assertThat(here.got()).containsExactly("m/0/0");
        assertThat(there.got()).isEmpty();
        settle();
        assertThat(there.got()).containsExactly("m/0/0");
    }

    @Test
    void keepsTheOrderAcrossLanes() {
        Subscriber there = new Subscriber("there", 1);
        there.subscribe("#");
        IntStream.range(0, 100)
                .forEach(i -> router.route(
                        lanes.getFirst(), new Publication(message("a", "" + i, Qos.AT_MOST_ONCE), null, 0)));
        settle();

        assertThat(there.got())
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> i + "/0/0").toList());
    }

    @Test
    void deliversOnceForOverlappingSubscriptionsOnBothLanes() {
        for (int lane = 0; lane < 2; lane++) {
            Subscriber subscriber = new Subscriber("s" + lane, lane);
            subscriber.subscribe(Subscription.of("a/b", Qos.AT_MOST_ONCE), 1);
            subscriber.subscribe(Subscription.of("a/#", Qos.AT_LEAST_ONCE), 2);
            router.route(lanes.getFirst(), new Publication(message("a/b", "m", Qos.AT_LEAST_ONCE), null, 0));
            settle();
            assertThat(subscriber.got()).containsExactly("m/1/1");
        }
    }

    @Test
    void deliversTheSharedCopyBesideTheOneOfAnOrdinarySubscription() {
        Subscriber subscriber = new Subscriber("s", 0);
        subscriber.subscribe("a");
        subscriber.subscribe("$share/g/a");

        publish("a", "m", "p");

        assertThat(subscriber.got()).containsExactly("m/0/0", "m/0/0");
    }

    @Test
    void sparesAPublisherItsOwnMessages() {
        Subscriber subscriber = new Subscriber("me", 0);
        subscriber.subscribe(new Subscription("a", Qos.AT_MOST_ONCE, true, false, Subscription.RetainHandling.SEND), 0);

        publish("a", "mine", "me");
        publish("a", "other", "other");

        assertThat(subscriber.got()).containsExactly("other/0/0");
    }

    @Test
    void removesAndReplacesSubscriptions() {
        Subscriber subscriber = new Subscriber("s", 0);
        SessionSubscription old = subscriber.subscribe("a");
        SessionSubscription elsewhere =
                new SessionSubscription(subscriber.session, "a", Subscription.of("b", Qos.AT_MOST_ONCE), 0);
        router.replace(old, elsewhere);

        assertThat(publish("a", "1", "p")).isZero();
        assertThat(publish("b", "2", "p")).isEqualTo(1);
        router.remove(elsewhere);
        assertThat(publish("b", "3", "p")).isZero();
        assertThat(subscriber.got()).containsExactly("2/0/0");
    }

    @Test
    void givesEachSharedMessageToOneMemberInTurn() {
        Subscriber one = new Subscriber("one", 0);
        Subscriber two = new Subscriber("two", 1);
        one.subscribe("$share/g/a");
        two.subscribe("$share/g/a");

        IntStream.range(0, 10).forEach(i -> publish("a", "m", "p"));

        assertThat(one.got()).hasSize(5);
        assertThat(two.got()).hasSize(5);
    }

    @Test
    void prefersMembersThatAreConnected() {
        Subscriber gone = new Subscriber("gone", 0);
        Subscriber here = new Subscriber("here", 0);
        gone.subscribe("$share/g/a");
        here.subscribe("$share/g/a");
        gone.session.detach();

        IntStream.range(0, 4).forEach(i -> publish("a", "m", "p"));

        assertThat(here.got()).hasSize(4);
    }

    @Test
    void passesASharedMessageOnWhenItsMemberEndedMeanwhile() {
        Subscriber ending = new Subscriber("ending", 1);
        SessionSubscription its = ending.subscribe("$share/g/a");
        router.route(lanes.getFirst(), new Publication(message("a", "m", Qos.AT_LEAST_ONCE), null, 0));
        Subscriber other = new Subscriber("other", 0);
        other.subscribe("$share/g/a");
        router.remove(its);
        ending.session.end();

        settle();

        assertThat(ending.got()).isEmpty();
        assertThat(other.got()).containsExactly("m/1/1");
    }

    /** What leaves for another lane leaves at once when there is enough of it, but not in the middle of a message. */
    @Test
    void bringsALargeMessageOnceToWhomSeveralSubscriptionsOnAnotherLaneSelectIt() {
        Subscriber there = new Subscriber("there", 1);
        there.subscribe("a/#");
        there.subscribe("a/b");
        String large = "x".repeat(300 * 1024);

        publish("a/b", large, "p");
        publish("a/b", large, "p");

        assertThat(there.got()).containsExactly(large + "/0/0", large + "/0/0");
    }

    @Test
    void dropsASharedMessageWhenNobodyIsLeft() {
        Subscriber ending = new Subscriber("ending", 1);
        SessionSubscription its = ending.subscribe("$share/g/a");
        router.route(lanes.getFirst(), new Publication(message("a", "m", Qos.AT_LEAST_ONCE), null, 0));
        router.remove(its);
        ending.session.end();

        settle();

        assertThat(publish("a", "m", "p")).isZero();
    }

    /** Otherwise the next message would also go to those that the failed one was for. */
    @Test
    void forgetsTheSubscribersOfAMessageThatFailed() {
        Subscriber broken = new Subscriber("broken", 0);
        broken.session.attach(new FailingSink(), 1);
        broken.subscribe("a");
        broken.subscribe("+");
        Subscriber other = new Subscriber("other", 0);
        other.subscribe("b");
        assertThatThrownBy(() -> publish("a", "secret", "p")).isInstanceOf(IllegalStateException.class);
        broken.session.attach(broken.sink, 1);

        assertThat(publish("c/d", "m", "p")).isZero();
        publish("b", "m", "p");

        assertThat(other.got()).containsExactly("m/0/0");
        assertThat(broken.got()).containsExactly("m/0/0"); // by its subscription to "+"
    }

    /** With as many filters as select one topic, the identifiers of all must not be copied for each. */
    @Test
    void joinsTheIdentifiersOfVeryManySubscriptionsWithoutCopyingThemForEach() {
        Subscriber here = new Subscriber("here", 0);
        int filters = 1 << 11;
        for (int which = 1; which < filters; which++) {
            StringBuilder filter = new StringBuilder("+");
            for (int level = 0; level < 11; level++) {
                filter.append((which >> level & 1) == 0 ? "/a" : "/+");
            }
            here.subscribe(Subscription.of(filter.toString(), Qos.AT_MOST_ONCE), which);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        publish("x" + "/a".repeat(11), "m", "p");

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2_000_000);
        assertThat(here.got()).containsExactly("m/0/0");
    }

    private static final class FailingSink implements PacketSink {
        @Override
        public Outcome publish(
                Publication publication,
                Qos qos,
                boolean retain,
                List<Integer> subscriptionIds,
                int packetId,
                boolean dup) {
            throw new IllegalStateException("on purpose");
        }

        @Override
        public void send(Packet packet) {}
    }
}
