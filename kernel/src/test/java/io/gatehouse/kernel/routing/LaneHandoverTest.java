package io.gatehouse.kernel.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.fakes.Messages;
import io.gatehouse.kernel.fakes.RecordingObserver;
import io.gatehouse.kernel.fakes.RecordingSink;
import io.gatehouse.kernel.fakes.ThreadLane;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.PacketSink;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionLimits;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lanes that are threads publish to each other's sessions: nothing is lost, nothing comes twice, each publisher's order is kept. */
@Timeout(120)
class LaneHandoverTest {
    private static final int LANES = 2;
    private static final int PUBLISHERS = 4;
    private static final int MESSAGES = 15_000;
    private static final int BURST = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<ThreadLane> lanes =
            IntStream.range(0, LANES).mapToObj(ThreadLane::new).toList();
    private final Router router = new Router(List.<Lane>copyOf(lanes));

    @AfterEach
    void stop() throws InterruptedException {
        for (ThreadLane lane : lanes) {
            lane.close();
        }
    }

    private Session session(String name, int lane, SequenceSink sink) throws InterruptedException {
        Session session = new Session(
                name, lanes.get(lane), new SessionLimits(60_000, 60_000, 1_000), new RecordingObserver(), () -> 0L);
        onLane(lane, () -> session.attach(sink.of(session), 60_000));
        return session;
    }

    private SessionSubscription subscribe(Session session, String filter) {
        SessionSubscription subscription =
                new SessionSubscription(session, filter, Subscription.of(filter, Qos.AT_LEAST_ONCE), 0);
        router.add(subscription);
        return subscription;
    }

    private void onLane(int lane, Runnable task) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        lanes.get(lane).execute(() -> {
            task.run();
            ran.countDown();
        });
        ran.await();
    }

    /** Each publisher writes its messages in bursts; between two its lane does what others left for it. */
    private void publish(int publisher, int from) {
        ThreadLane lane = lanes.get(publisher % LANES);
        for (int i = from; i < Math.min(MESSAGES, from + BURST); i++) {
            Qos qos = publisher < PUBLISHERS / 2 ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE;
            router.route(
                    lane, new Publication(Messages.message("a/b/c", publisher + " " + i, qos), "p" + publisher, 0));
        }
        if (from + BURST < MESSAGES) {
            lane.execute(() -> publish(publisher, from + BURST));
        }
    }

    private void publishAll() {
        for (int i = 0; i < PUBLISHERS; i++) {
            int publisher = i;
            lanes.get(publisher % LANES).execute(() -> publish(publisher, 0));
        }
    }

    @Test
    void losesDuplicatesAndReordersNothing() throws Exception {
        List<SequenceSink> sinks = new ArrayList<>();
        for (int i = 0; i < 2 * LANES; i++) {
            SequenceSink sink = new SequenceSink(PUBLISHERS);
            Session session = session("s" + i, i % LANES, sink);
            subscribe(session, "a/+/c");
            if (i >= LANES) {
                subscribe(session, "a/b/c"); // selected twice, served once
            }
            sinks.add(sink);
        }
        AtomicBoolean done = new AtomicBoolean();
        Thread neighbour = comeAndGo(session("neighbour", 0, new SequenceSink(PUBLISHERS)), done);

        publishAll();

        await().atMost(PATIENCE)
                .until(() -> sinks.stream().allMatch(sink -> sink.count() >= PUBLISHERS * MESSAGES)
                        || sinks.stream().anyMatch(sink -> !sink.mistakes().isEmpty())
                        || lanes.stream().anyMatch(lane -> lane.failure() != null));
        done.set(true);
        neighbour.join();
        for (int i = 0; i < LANES; i++) {
            onLane(i, () -> {}); // whatever would come twice has come
        }
        assertThat(lanes).extracting(ThreadLane::failure).containsOnlyNulls();
        assertThat(sinks).allSatisfy(sink -> {
            assertThat(sink.mistakes()).isEmpty();
            assertThat(sink.count()).isEqualTo(PUBLISHERS * MESSAGES);
        });
    }

    /** Filters that share branches with those of the test come and go meanwhile. */
    private Thread comeAndGo(Session session, AtomicBoolean done) {
        return Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                SessionSubscription one = subscribe(session, "a/+/c/d");
                SessionSubscription other = subscribe(session, "a/b/#");
                router.remove(one);
                router.remove(other);
            }
        });
    }

    @Test
    void losesNoSharedMessageAlthoughMembersLeave() throws Exception {
        SequenceSink everything = new SequenceSink(PUBLISHERS);
        Session permanent = session("permanent", 0, everything.shared());
        subscribe(permanent, "$share/g/a/b/c");
        AtomicBoolean done = new AtomicBoolean();
        Thread visitors = visit(everything, done);

        publishAll();

        await().atMost(PATIENCE)
                .until(() -> everything.count() >= PUBLISHERS * MESSAGES
                        || !everything.mistakes().isEmpty()
                        || lanes.stream().anyMatch(lane -> lane.failure() != null));
        done.set(true);
        visitors.join();
        for (int i = 0; i < LANES; i++) {
            onLane(i, () -> {});
        }
        assertThat(lanes).extracting(ThreadLane::failure).containsOnlyNulls();
        assertThat(everything.mistakes()).isEmpty();
        assertThat(everything.count()).isEqualTo(PUBLISHERS * MESSAGES);
    }

    /** Most members take nothing off their small queues: what they have no room for goes to one that has. */
    @Test
    void dropsNoSharedMessageWhileAMemberHasRoom() throws Exception {
        SequenceSink everything = new SequenceSink(PUBLISHERS);
        RecordingObserver observer = new RecordingObserver();
        List<Session> stalled = new ArrayList<>();
        for (int i = 0; i < 4 * LANES; i++) {
            int lane = i % LANES;
            Session session = new Session(
                    "stalled" + i, lanes.get(lane), new SessionLimits(1, 1_000 + i, 1_000), observer, () -> 0L);
            RecordingSink sink = new RecordingSink();
            sink.outcome = PacketSink.Outcome.HELD;
            onLane(lane, () -> session.attach(sink, 1));
            subscribe(session, "$share/g/a/b/c");
            stalled.add(session);
        }
        subscribe(session("reader", 0, everything.shared()), "$share/g/a/b/c");
        int waiting = IntStream.range(0, stalled.size()).map(i -> 1_000 + i).sum();

        publishAll();

        await().atMost(PATIENCE)
                .until(() -> everything.count() >= PUBLISHERS * MESSAGES - waiting
                        || !everything.mistakes().isEmpty()
                        || lanes.stream().anyMatch(lane -> lane.failure() != null));
        for (int i = 0; i < 2 * LANES; i++) {
            onLane(i % LANES, () -> {}); // whatever would come twice has come
        }
        assertThat(lanes).extracting(ThreadLane::failure).containsOnlyNulls();
        assertThat(everything.mistakes()).isEmpty();
        assertThat(everything.count()).isEqualTo(PUBLISHERS * MESSAGES - waiting);
        assertThat(stalled.stream().mapToInt(Session::queued).sum()).isEqualTo(waiting);
        assertThat(observer.dropped).isEmpty();
    }

    /** Members come to the group on both lanes and end while messages are on their way to them. */
    private Thread visit(SequenceSink everything, AtomicBoolean done) {
        return Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; !done.get(); i++) {
                    int lane = i % LANES;
                    Session visitor = session("visitor" + i, lane, everything.shared());
                    SessionSubscription subscription = subscribe(visitor, "$share/g/a/b/c");
                    onLane(1 - lane, () -> {});
                    onLane(lane, () -> {
                        router.remove(subscription);
                        visitor.end();
                    });
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
