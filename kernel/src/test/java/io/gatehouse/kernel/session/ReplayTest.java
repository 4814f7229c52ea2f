package io.gatehouse.kernel.session;

import static io.gatehouse.kernel.fakes.Messages.expiring;
import static io.gatehouse.kernel.fakes.Messages.publication;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.QueueOverflow;
import io.gatehouse.kernel.fakes.RecordingObserver;
import io.gatehouse.kernel.fakes.RecordingSink;
import io.gatehouse.kernel.fakes.TestLane;
import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.kernel.topic.Steps;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Retained messages on their way to a subscriber. */
class ReplayTest {
    private static final int MAX_INFLIGHT = 3;
    private static final int MAX_QUEUE = 4;
    private static final long RELEASE_MILLIS = 1_000;

    private final AtomicLong clock = new AtomicLong();
    private final RecordingSink sink = new RecordingSink();
    private final Session session = new Session(
            "c",
            new TestLane(0),
            new SessionLimits(MAX_INFLIGHT, MAX_QUEUE, RELEASE_MILLIS),
            new RecordingObserver(),
            clock::get);

    private void connect(int receiveMaximum) {
        session.attach(sink, receiveMaximum);
        session.pump();
    }

    private void offer1(String... texts) {
        Stream.of(texts).forEach(text -> session.offer(publication(text), Qos.AT_LEAST_ONCE, false, List.of()));
    }

    private SessionSubscription subscribe(String filter, Qos qos) {
        SessionSubscription subscription = new SessionSubscription(session, filter, Subscription.of(filter, qos), 0);
        session.subscriptions().put(filter, subscription);
        return subscription;
    }

    private void replay(SessionSubscription subscription, String... texts) {
        session.replay(subscription, retained(Stream.of(texts).map(text -> publication(text))));
    }

    private static RetainedMessages retained(Stream<Publication> messages) {
        Iterator<Publication> left = messages.iterator();
        return new RetainedMessages() {
            private boolean over;

            @Override
            public @Nullable Publication next(long nowMillis, Steps steps) {
                if (!steps.take()) {
                    return null;
                }
                over = !left.hasNext();
                return over ? null : left.next();
            }

            @Override
            public boolean isOver() {
                return over;
            }

            @Override
            public boolean isCurrent(Publication found) {
                return true;
            }
        };
    }

    @Test
    void sendsRetainedMessagesAsTheWindowAllows() {
        connect(1);
        SessionSubscription subscription = subscribe("#", Qos.AT_LEAST_ONCE);

        replay(subscription, "a", "b");
        assertThat(sink.take()).containsExactly("a/1/1 retain");
        offer1("live");
        session.acknowledged(1);
        assertThat(sink.take()).containsExactly("live/1/2");
        session.acknowledged(2);
        assertThat(sink.take()).containsExactly("b/1/3 retain");
    }

    @Test
    void looksRetainedMessagesUpOnlyWhenTheyCanBeSent() {
        connect(1);
        offer1("a");
        for (int i = 0; i < 1_000; i++) {
            session.replay(subscribe("#", Qos.AT_LEAST_ONCE), retained(Stream.generate(() -> {
                throw new AssertionError("looked up although nothing can be sent");
            })));
        }
        replay(subscribe("#", Qos.AT_LEAST_ONCE), "r");

        session.acknowledged(1);

        assertThat(sink.take()).containsExactly("a/1/1", "r/1/2 retain");
    }

    @Test
    void sendsNoRetainedMessagesForASubscriptionThatHasEnded() {
        connect(1);
        SessionSubscription subscription = subscribe("#", Qos.AT_LEAST_ONCE);
        replay(subscription, "a", "b");
        session.subscriptions().remove("#");

        session.acknowledged(1);

        assertThat(sink.take()).containsExactly("a/1/1 retain");
    }

    @Test
    void queuesTheRestOfTheRetainedMessagesWhenTheConnectionIsLost() {
        connect(1);
        replay(subscribe("#", Qos.AT_LEAST_ONCE), "a", "b", "c");
        replay(subscribe("t", Qos.AT_MOST_ONCE), "zero");
        session.detach();
        sink.take();

        connect(3);

        assertThat(sink.take()).containsExactly("a/1/1 dup retain", "b/1/2 retain", "c/1/3 retain");
    }

    /** Nobody was promised them, and what waits already was. */
    @Test
    void givesUpRetainedMessagesForWhichTheQueueHasNoRoomWhenTheConnectionIsLost() {
        session.limits(new SessionLimits(
                1, MAX_QUEUE, Long.MAX_VALUE, QueueOverflow.DROP_OLDEST, RELEASE_MILLIS, MemoryPressure.NONE));
        connect(1);
        offer1("a", "b", "c", "d");
        replay(subscribe("#", Qos.AT_LEAST_ONCE), "r", "s", "t");
        session.replay(subscribe("+", Qos.AT_LEAST_ONCE), retained(Stream.generate(() -> {
            throw new AssertionError("looked up although there is no room");
        })));
        session.detach();
        sink.take();

        connect(1);
        for (int id = 1; id <= 5; id++) {
            session.acknowledged(id);
        }

        assertThat(sink.take()).containsExactly("a/1/1 dup", "b/1/2", "c/1/3", "d/1/4", "r/1/5 retain");
    }

    @Test
    void remembersNoReplayWithoutAConnection() {
        replay(subscribe("#", Qos.AT_LEAST_ONCE), "a");

        connect(3);

        assertThat(sink.take()).isEmpty();
    }

    @Test
    void sendsNoRetainedMessageThatExpiredWhileItWasHeld() {
        connect(2);
        sink.outcome = PacketSink.Outcome.HELD;
        session.replay(subscribe("t", Qos.AT_MOST_ONCE), retained(Stream.of(expiring("old", 1))));

        clock.set(1_000);
        sink.outcome = PacketSink.Outcome.SENT;
        session.pump();

        assertThat(sink.take()).isEmpty();
    }
}
