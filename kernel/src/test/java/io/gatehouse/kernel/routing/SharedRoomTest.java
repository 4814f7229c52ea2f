package io.gatehouse.kernel.routing;

import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.QueueOverflow;
import io.gatehouse.kernel.config.SharedStrategy;
import io.gatehouse.kernel.fakes.RecordingObserver;
import io.gatehouse.kernel.fakes.RecordingSink;
import io.gatehouse.kernel.fakes.TestLane;
import io.gatehouse.kernel.fakes.TestMemory;
import io.gatehouse.kernel.memory.MemoryLevel;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.session.PacketSink;
import io.gatehouse.kernel.session.PacketSink.Outcome;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionLimits;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of a shared subscription without room: one message in flight and two that wait are all that each takes. */
class SharedRoomTest {
    private static final String FILTER = "$share/g/a";
    private static final int TAKES = 3;

    private final List<TestLane> lanes = List.of(new TestLane(0), new TestLane(1));
    private final RecordingObserver observer = new RecordingObserver();
    private final TestMemory memory = new TestMemory();
    private Router router = new Router(List.copyOf(lanes));
    private QueueOverflow overflow = QueueOverflow.DROP_NEWEST;

    private final class Member {
        final RecordingSink sink = new RecordingSink();
        final Session session;
        final SessionSubscription subscription;

        Member(int lane, Qos qos) {
            session = new Session(
                    "m",
                    lanes.get(lane),
                    new SessionLimits(1, 2, 1_000_000, overflow, 1_000, memory),
                    observer,
                    () -> 0L);
            session.attach(sink, 1);
            subscription = new SessionSubscription(session, FILTER, Subscription.of(FILTER, qos), 0);
            router.add(subscription);
        }

        Member(int lane) {
            this(lane, Qos.AT_LEAST_ONCE);
        }

        int has() {
            return session.inFlight() + session.queued();
        }

        /** Everything that it got or gets when the client acknowledges. */
        List<String> all() {
            List<String> all = new ArrayList<>();
            session.attach(sink, 1);
            session.pump();
            for (int id = 1; session.inFlight() > 0; id++) {
                all.addAll(sink.take());
                session.acknowledged(id);
            }
            return all.stream()
                    .map(sent -> sent.substring(0, sent.indexOf('/')))
                    .distinct()
                    .toList();
        }
    }

    private void publish(Qos qos, int from, int to) {
        IntStream.range(from, to)
                .forEach(i ->
                        router.route(lanes.getFirst(), new Publication(message("a", "" + i, qos), "publisher", 0)));
    }

    private void publish(int from, int to) {
        publish(Qos.AT_LEAST_ONCE, from, to);
        settle();
    }

    private void settle() {
        while (lanes.stream().map(TestLane::run).reduce(false, Boolean::logicalOr)) {}
    }

    @ParameterizedTest
    @EnumSource(SharedStrategy.class)
    void dropsNothingWhileAnotherMemberHasRoom(SharedStrategy strategy) {
        router = new Router(List.copyOf(lanes), () -> strategy, () -> Long.MAX_VALUE);
        List<Member> members =
                IntStream.range(0, 6).mapToObj(i -> new Member(i % 2)).toList();

        publish(0, 6 * TAKES);

        assertThat(members).extracting(Member::has).containsOnly(TAKES);
        assertThat(observer.dropped).isEmpty();
        publish(18, 19);
        publish(19, 20);
        assertThat(observer.dropped).containsExactly("18 QUEUE_FULL", "19 QUEUE_FULL");
    }

    /** A burst leaves for the other lane before anybody there could say that it is too much. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void passesOnWhatArrivesWithoutRoomOnAnotherLane(int lane) {
        Member full = new Member(1);
        Member here = new Member(lane);
        Member there = new Member(1);

        publish(0, 3 * TAKES);

        assertThat(List.of(full, here, there)).extracting(Member::has).containsOnly(TAKES);
        assertThat(observer.dropped).isEmpty();
    }

    @Test
    void keepsTheOrderOfAPublisherForAMemberOfItsOwnLane() {
        Member full = new Member(0);
        Member other = new Member(0);
        publish(0, 4);
        full.session.acknowledged(1);

        publish(4, 6);

        assertThat(full.all()).containsExactly("0", "2", "4");
        assertThat(other.all()).containsExactly("1", "3", "5");
    }

    @Test
    void asksEachMemberOnceAndDropsOnceWhenNobodyHasRoom() {
        List<Member> members =
                IntStream.range(0, 4).mapToObj(i -> new Member(i % 2)).toList();
        members.forEach(member -> fill(member.session));

        publish(0, 1);

        assertThat(observer.dropped).containsExactly("0 QUEUE_FULL");
        assertThat(lanes).allSatisfy(lane -> assertThat(lane.run()).isFalse());
    }

    /** A message that no queue holds, however empty, so that nobody can tell before. */
    @Test
    void asksEachMemberOnceForAMessageThatFitsNoQueue() {
        List<AtomicInteger> asked =
                IntStream.range(0, 6).mapToObj(i -> new AtomicInteger()).toList();
        for (int i = 0; i < asked.size(); i++) {
            new Member(i % 2).session.attach(unwritable(asked.get(i)), 1);
        }
        String large = "x".repeat(2_000_000);

        router.route(lanes.getFirst(), new Publication(message("a", large, Qos.AT_LEAST_ONCE), "publisher", 0));
        settle();

        assertThat(observer.dropped).containsExactly(large + " QUEUE_FULL");
        assertThat(asked.getFirst()).as("the last, too").hasValue(2);
        assertThat(asked.subList(1, asked.size()))
                .extracting(AtomicInteger::get)
                .containsOnly(1);
    }

    private static PacketSink unwritable(AtomicInteger asked) {
        return new PacketSink() {
            @Override
            public Outcome publish(
                    Publication publication,
                    Qos qos,
                    boolean retain,
                    List<Integer> subscriptionIds,
                    int packetId,
                    boolean dup) {
                asked.incrementAndGet();
                return Outcome.HELD;
            }

            @Override
            public void send(Packet packet) {}
        };
    }

    private static void fill(Session session) {
        for (int i = 0; i < TAKES; i++) {
            session.offer(
                    new Publication(message("b", "own", Qos.AT_LEAST_ONCE), null, 0),
                    Qos.AT_LEAST_ONCE,
                    false,
                    List.of());
        }
    }

    @Test
    void prefersAMemberWithRoomToDroppingTheOldestOfAnother() {
        overflow = QueueOverflow.DROP_OLDEST;
        Member one = new Member(0);
        Member two = new Member(1);

        publish(0, 2 * TAKES);
        assertThat(observer.dropped).isEmpty();
        publish(6, 7);

        assertThat(observer.dropped).hasSize(1).doesNotContain("6 QUEUE_FULL");
        assertThat(one.has() + two.has()).isEqualTo(2 * TAKES);
    }

    @Test
    void disconnectsNobodyWhileAnotherMemberHasRoomAndThenOne() {
        overflow = QueueOverflow.DISCONNECT;
        new Member(0);
        new Member(1);

        publish(0, 2 * TAKES);
        assertThat(observer.overflowed).isZero();
        publish(6, 7);

        assertThat(observer.overflowed).isEqualTo(1);
        assertThat(observer.dropped).containsExactly("6 QUEUE_FULL");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void letsAMessageWaitForAMemberThatIsAwayRatherThanDropIt(int lane) {
        Member away = new Member(lane);
        away.session.detach();
        Member here = new Member(0);

        publish(0, TAKES);
        assertThat(away.has()).as("a connected member comes first").isZero();
        assertThat(here.has()).isEqualTo(TAKES);
        publish(3, 5);

        assertThat(away.has()).isEqualTo(2);
        assertThat(observer.dropped).isEmpty();
        publish(5, 6);
        assertThat(observer.dropped).containsExactly("5 QUEUE_FULL");
    }

    @Test
    void disconnectsAMemberThatIsConnectedWhenAllAreFullThatAreAwayToo() {
        overflow = QueueOverflow.DISCONNECT;
        Member away = new Member(1);
        away.session.detach();
        new Member(0);
        publish(0, 5);

        publish(5, 6);

        assertThat(observer.overflowed).isEqualTo(1);
        assertThat(observer.dropped).containsExactly("5 QUEUE_FULL");
    }

    @Test
    void letsNoMessageWaitWithQos0ForAMemberThatIsAway() {
        Member forgetful = new Member(0, Qos.AT_MOST_ONCE);
        Member keeps = new Member(0);
        forgetful.session.detach();
        keeps.session.detach();

        publish(0, 2);

        assertThat(keeps.has()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void givesQos0ToAMemberThatCanBeWrittenTo(int lane) {
        Member stalled = new Member(lane);
        stalled.sink.outcome = Outcome.HELD;
        Member other = new Member(0);

        publish(Qos.AT_MOST_ONCE, 0, 10);
        settle();

        assertThat(stalled.session.queued()).isEqualTo(2);
        assertThat(other.sink.take()).hasSize(8);
        assertThat(observer.dropped).isEmpty();
    }

    @Test
    void givesQos0ToAMemberThatCanBeWrittenToWhileMemoryIsTight() {
        Member stalled = new Member(1);
        stalled.sink.outcome = Outcome.HELD;
        Member other = new Member(0);
        memory.set(MemoryLevel.TIGHT);

        publish(Qos.AT_MOST_ONCE, 0, 10);
        settle();

        assertThat(stalled.session.queued()).isZero();
        assertThat(other.sink.take()).hasSize(10);
        other.sink.outcome = Outcome.HELD;
        publish(Qos.AT_MOST_ONCE, 10, 11);
        settle();
        assertThat(observer.dropped).containsExactly("10 MEMORY");
    }

    /** A member whose connection is lost while QoS 0 is on its way to it. */
    @Test
    void givesQos0ToAnotherWhenTheMemberHasJustLostItsConnection() {
        Member lost = new Member(1);
        Member other = new Member(0);

        publish(Qos.AT_MOST_ONCE, 0, 4);
        lost.session.detach();
        settle();

        assertThat(other.sink.take()).hasSize(4);
    }

    @Test
    void keepsToTheQosOfTheMemberThatGetsIt() {
        Member full = new Member(1);
        fill(full.session);
        full.sink.take();
        Member other = new Member(0, Qos.AT_MOST_ONCE);

        publish(Qos.EXACTLY_ONCE, 0, 1);
        settle();

        assertThat(other.sink.take()).containsExactly("0/0/0");
    }

    @Test
    void inheritsWhatAnotherMemberGotInThePlaceOfOneWithoutRoom() {
        Member full = new Member(1);
        fill(full.session);
        Member ending = new Member(0);
        publish(0, 2);
        assertThat(ending.has()).isEqualTo(2);
        Member heir = new Member(1);

        router.remove(ending.subscription);
        ending.session.end();
        settle();

        assertThat(heir.has()).isEqualTo(2);
    }

    @Test
    void findsAnotherWhenTheOneItIsPassedOnToHasEnded() {
        Member full = new Member(1);
        fill(full.session);
        Member ending = new Member(0);
        publish(Qos.AT_LEAST_ONCE, 0, 1); // on its way to the full one
        lanes.get(0).run();
        lanes.get(1).run(); // and from there to the other
        Member heir = new Member(1);
        router.remove(ending.subscription);
        ending.session.end();

        settle();

        assertThat(heir.has()).isEqualTo(1);
        assertThat(observer.dropped).isEmpty();
    }

    /** Nothing calls itself: a thousand members that are asked in vain do not exhaust the stack. */
    @Test
    void asksVeryManyMembersInARow() {
        List<Member> members = IntStream.range(0, 20_000)
                .mapToObj(i -> new Member(0))
                .peek(member -> fill(member.session))
                .toList();
        Member last = new Member(0);

        publish(0, 1);

        assertThat(last.has()).isEqualTo(1);
        assertThat(members).allSatisfy(member -> assertThat(member.has()).isEqualTo(TAKES));
    }
}
