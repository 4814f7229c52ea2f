package io.gatehouse.kernel.session;

import static io.gatehouse.kernel.fakes.Messages.expiring;
import static io.gatehouse.kernel.fakes.Messages.publication;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.QueueOverflow;
import io.gatehouse.kernel.fakes.RecordingObserver;
import io.gatehouse.kernel.fakes.RecordingSink;
import io.gatehouse.kernel.fakes.TestLane;
import io.gatehouse.kernel.fakes.TestMemory;
import io.gatehouse.kernel.memory.MemoryLevel;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a session keeps at most, and what becomes of the rest. */
class SessionBoundsTest {
    private static final int MAX_QUEUE = 3;

    private final AtomicLong clock = new AtomicLong();
    private final TestMemory memory = new TestMemory();
    private final RecordingObserver observer = new RecordingObserver();
    private final RecordingSink sink = new RecordingSink();
    private final Session session =
            new Session("c", new TestLane(0), limits(QueueOverflow.DROP_NEWEST), observer, clock::get);

    private SessionLimits limits(QueueOverflow overflow) {
        return limits(overflow, 100_000);
    }

    private SessionLimits limits(QueueOverflow overflow, long bytes) {
        return new SessionLimits(1, MAX_QUEUE, bytes, overflow, 1_000, memory);
    }

    private void offer(String... texts) {
        for (String text : texts) {
            session.offer(publication(text), Qos.AT_LEAST_ONCE, false, List.of());
        }
    }

    private void offer0(String text) {
        session.offer(publication(text), Qos.AT_MOST_ONCE, false, List.of());
    }

    /** True when it was taken; else another member gets it. */
    private boolean offerShared(String text, Qos qos) {
        return session.offerShared(publication(text), qos, false, List.of(), (lane, message) -> {}, false);
    }

    private boolean mayHaveRoomFor(String text) {
        return session.mayHaveRoomFor(publication(text), Qos.AT_LEAST_ONCE);
    }

    private void connect() {
        session.attach(sink, 10);
        session.pump();
    }

    private List<String> waiting() {
        connect();
        List<String> all = new ArrayList<>(sink.take());
        for (int id = 1; session.inFlight() > 0; id++) {
            session.acknowledged(id);
            all.addAll(sink.take());
        }
        return all.stream().map(sent -> sent.substring(0, sent.indexOf('/'))).toList();
    }

    @Test
    void keepsNoMoreBytesThanItMay() {
        session.limits(limits(QueueOverflow.DROP_NEWEST, 2_500));
        String large = "x".repeat(1_000);

        offer(large, large, large, "small");

        assertThat(observer.dropped).containsExactly(large + " QUEUE_FULL");
        assertThat(session.queued()).isEqualTo(3);
        assertThat(session.queuedBytes()).isBetween(2_000L, 2_500L);
    }

    @Test
    void countsBytesOffAgainWhateverBecomesOfTheMessages() {
        offer("a", "b", "c");
        assertThat(session.queuedBytes()).isPositive();
        assertThat(memory.waiting.get()).isEqualTo(session.queuedBytes());

        assertThat(waiting()).containsExactly("a", "b", "c");

        assertThat(session.queuedBytes()).isZero();
        assertThat(memory.waiting.get()).isZero();
    }

    @Test
    void countsBytesOffAgainWhenItEnds() {
        offer("a", "b", "c");

        session.end();

        assertThat(memory.waiting.get()).isZero();
    }

    @Test
    void dropsTheOldestWhenItIsToldTo() {
        session.limits(limits(QueueOverflow.DROP_OLDEST));

        offer("a", "b", "c", "d");

        assertThat(observer.dropped).containsExactly("a QUEUE_FULL");
        assertThat(waiting()).containsExactly("b", "c", "d");
    }

    @Test
    void dropsAsManyOfTheOldestAsALargeMessageNeeds() {
        session.limits(limits(QueueOverflow.DROP_OLDEST, 1_300));

        offer("a", "b", "x".repeat(1_000));

        assertThat(observer.dropped).containsExactly("a QUEUE_FULL", "b QUEUE_FULL");
        assertThat(session.queued()).isEqualTo(1);
    }

    @Test
    void dropsAMessageThatNeverFitsAndNotForEver() {
        session.limits(limits(QueueOverflow.DROP_OLDEST, 1_000));

        offer("x".repeat(1_000));

        assertThat(observer.dropped).hasSize(1);
        assertThat(session.queued()).isZero();
    }

    @Test
    void dropsNothingElseForAMessageThatNeverFits() {
        session.limits(limits(QueueOverflow.DROP_OLDEST, 1_000));
        String large = "x".repeat(1_000);

        offer("a", "b", large);

        assertThat(observer.dropped).containsExactly(large + " QUEUE_FULL");
        assertThat(waiting()).containsExactly("a", "b");
    }

    @Test
    void dropsWhatHasExpiredFirstWhereverItStands() {
        session.limits(limits(QueueOverflow.DROP_OLDEST));
        offer("a");
        session.offer(expiring("old", 1), Qos.AT_LEAST_ONCE, false, List.of());
        offer("c");
        clock.set(1_000);

        offer("d");

        assertThat(observer.dropped).containsExactly("old EXPIRED");
        assertThat(waiting()).containsExactly("a", "c", "d");
    }

    @Test
    void asksToDisconnectAConnectedClientWhoseQueueIsFull() {
        session.limits(limits(QueueOverflow.DISCONNECT));
        connect();

        offer("sent", "a", "b", "c");
        assertThat(observer.overflowed).isZero();
        offer("d");

        assertThat(observer.overflowed).isEqualTo(1);
        assertThat(observer.dropped).containsExactly("d QUEUE_FULL");
    }

    @Test
    void dropsTheNewestForAClientThatIsAwayAndCannotBeDisconnected() {
        session.limits(limits(QueueOverflow.DISCONNECT));

        offer("a", "b", "c", "d");

        assertThat(observer.overflowed).isZero();
        assertThat(observer.dropped).containsExactly("d QUEUE_FULL");
    }

    @Test
    void letsNothingWaitThatMayBeLostWhileMemoryIsTight() {
        connect();
        sink.outcome = PacketSink.Outcome.HELD;
        offer0("before");
        memory.set(MemoryLevel.TIGHT);

        offer0("lost");
        offer("kept");

        assertThat(observer.dropped).containsExactly("lost MEMORY");
        assertThat(session.queued()).isEqualTo(2);
    }

    @Test
    void keepsWhatItPromisedHoweverLittleMemoryThereIs() {
        offer("a");
        memory.set(MemoryLevel.FULL);

        offer("b");

        assertThat(waiting()).containsExactly("a", "b");
    }

    @Test
    void takesOverNewBoundsWithWhatWaitsAlready() {
        offer("a", "b", "c");

        session.limits(new SessionLimits(1, 1, 1_000));
        offer("d");

        assertThat(observer.dropped).containsExactly("d QUEUE_FULL");
        assertThat(waiting()).containsExactly("a", "b", "c");
    }

    @Test
    void givesUpQos0ForAClientThatDoesNotReadAndSaysWhy() {
        connect();
        sink.outcome = PacketSink.Outcome.HELD;
        offer0("gone");
        offer("kept");

        session.giveUpQos0();

        assertThat(observer.dropped).containsExactly("gone SLOW_CONSUMER");
        assertThat(session.queued()).isEqualTo(1);
    }

    @Test
    void countsQos0ThatWaitedForAConnectionThatIsLost() {
        connect();
        sink.outcome = PacketSink.Outcome.HELD;
        offer0("gone");
        offer("kept");

        session.detach();
        offer0("nobody waits for it");

        assertThat(observer.dropped).containsExactly("gone DISCONNECTED");
        assertThat(session.queued()).isEqualTo(1);
        assertThat(memory.waiting.get()).isEqualTo(session.queuedBytes());
    }

    @Test
    void countsQos0ThatWaitedForAConnectionThatEndsWithItsSession() {
        connect();
        sink.outcome = PacketSink.Outcome.HELD;
        offer0("gone");

        session.end();

        assertThat(observer.dropped).containsExactly("gone DISCONNECTED");
    }

    @Test
    void leavesASharedMessageWithoutRoomToOthersAndDropsNothing() {
        for (QueueOverflow overflow : QueueOverflow.values()) {
            session.limits(limits(overflow));
            connect();
            while (session.queued() < MAX_QUEUE) {
                offer("a");
            }

            assertThat(offerShared("b", Qos.AT_LEAST_ONCE)).isFalse();
            sink.outcome = PacketSink.Outcome.HELD;
            assertThat(offerShared("c", Qos.AT_MOST_ONCE)).isFalse();
        }
        assertThat(observer.dropped).isEmpty();
        assertThat(observer.overflowed).isZero();
    }

    @Test
    void dropsTheOldestForASharedMessageThatNobodyElseHasRoomFor() {
        session.limits(limits(QueueOverflow.DROP_OLDEST));
        offer("a", "b", "c");

        assertThat(session.offerShared(
                        publication("d"), Qos.AT_LEAST_ONCE, false, List.of(), (lane, message) -> {}, true))
                .isTrue();

        assertThat(observer.dropped).containsExactly("a QUEUE_FULL");
        assertThat(waiting()).containsExactly("b", "c", "d");
    }

    @Test
    void takesASharedMessageInThePlaceOfOneThatHasExpired() {
        session.offer(expiring("old", 1), Qos.AT_LEAST_ONCE, false, List.of());
        offer("b", "c");
        assertThat(offerShared("d", Qos.AT_LEAST_ONCE)).isFalse();
        assertThat(mayHaveRoomFor("d")).isFalse();
        clock.set(1_000);

        assertThat(mayHaveRoomFor("d")).isTrue();
        assertThat(offerShared("d", Qos.AT_LEAST_ONCE)).isTrue();
        assertThat(observer.dropped).containsExactly("old EXPIRED");
    }

    @Test
    void saysThatItMayHaveRoomAgainWhenSomethingHasLeft() {
        connect();
        offer("sent", "a", "b", "c");
        assertThat(mayHaveRoomFor("d")).as("nothing was refused yet").isTrue();
        assertThat(offerShared("d", Qos.AT_LEAST_ONCE)).isFalse();
        assertThat(mayHaveRoomFor("d")).isFalse();

        session.acknowledged(1);

        assertThat(mayHaveRoomFor("d")).isTrue();
        assertThat(offerShared("d", Qos.AT_LEAST_ONCE)).isTrue();
    }

    @Test
    void saysThatItMayHaveRoomAgainWhenQos0IsGivenUp() {
        connect();
        sink.outcome = PacketSink.Outcome.HELD;
        offer0("gone");
        offer("a", "b");
        assertThat(offerShared("c", Qos.AT_LEAST_ONCE)).isFalse();
        assertThat(mayHaveRoomFor("c")).isFalse();

        session.detach();

        assertThat(mayHaveRoomFor("c")).isTrue();
        assertThat(offerShared("c", Qos.AT_LEAST_ONCE)).isTrue();
    }

    @Test
    void saysThatItMayHaveRoomAgainWhenItMayKeepMore() {
        offer("a", "b", "c");
        assertThat(offerShared("d", Qos.AT_LEAST_ONCE)).isFalse();

        session.limits(new SessionLimits(1, MAX_QUEUE + 1, 1_000));

        assertThat(mayHaveRoomFor("d")).isTrue();
    }

    @Test
    void hasNoRoomForALargeMessageAndStillForASmallOne() {
        session.limits(limits(QueueOverflow.DROP_NEWEST, 1_300));
        offer("a");
        String large = "x".repeat(1_100);
        assertThat(offerShared(large, Qos.AT_LEAST_ONCE)).isFalse();

        assertThat(mayHaveRoomFor(large)).isFalse();
        assertThat(mayHaveRoomFor(large + "x")).isFalse();
        assertThat(mayHaveRoomFor("small")).isTrue();
    }

    @Test
    void knowsNothingOfOtherMessagesWhenOneIsTooLargeForAnEmptyQueue() {
        session.limits(limits(QueueOverflow.DROP_NEWEST, 1_000));

        assertThat(offerShared("x".repeat(1_100), Qos.AT_LEAST_ONCE)).isFalse();

        assertThat(mayHaveRoomFor("x".repeat(1_100))).isTrue();
    }

    @Test
    void leavesSharedQos0ToOthersWhileItCannotWaitHere() {
        connect();
        sink.outcome = PacketSink.Outcome.HELD;
        memory.set(MemoryLevel.TIGHT);

        assertThat(offerShared("a", Qos.AT_MOST_ONCE)).isFalse();

        assertThat(session.mayHaveRoomFor(publication("b"), Qos.AT_MOST_ONCE)).isFalse();
        assertThat(mayHaveRoomFor("b")).isTrue();
        session.pump();
        assertThat(session.mayHaveRoomFor(publication("b"), Qos.AT_MOST_ONCE)).isTrue();
        assertThat(offerShared("a", Qos.AT_MOST_ONCE)).isFalse();
        memory.set(MemoryLevel.NORMAL);
        assertThat(session.mayHaveRoomFor(publication("b"), Qos.AT_MOST_ONCE)).isTrue();
        assertThat(observer.dropped).isEmpty();
    }

    @Test
    void leavesSharedQos0ToOthersWhenNobodyIsConnectedHere() {
        assertThat(offerShared("a", Qos.AT_MOST_ONCE)).isFalse();
        assertThat(offerShared("b", Qos.AT_LEAST_ONCE)).isTrue();
    }

    @Test
    void tellsWhatAnInterceptorRefusedFromWhatIsTooLarge() {
        connect();
        sink.outcome = PacketSink.Outcome.REFUSED;
        offer0("a");
        offer("b");
        sink.outcome = PacketSink.Outcome.DROPPED;
        offer0("c");

        assertThat(observer.dropped).containsExactly("a REFUSED", "b REFUSED", "c TOO_LARGE");
        assertThat(session.inFlight()).isZero();
    }
}
