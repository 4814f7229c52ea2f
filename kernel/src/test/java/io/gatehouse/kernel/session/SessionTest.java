package io.gatehouse.kernel.session;

import static io.gatehouse.kernel.fakes.Messages.expiring;
import static io.gatehouse.kernel.fakes.Messages.publication;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.RecordingObserver;
import io.gatehouse.kernel.fakes.RecordingSink;
import io.gatehouse.kernel.fakes.TestLane;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SessionTest {
    private static final int MAX_INFLIGHT = 3;
    private static final int MAX_QUEUE = 4;
    private static final long RELEASE_MILLIS = 1_000;

    private final AtomicLong clock = new AtomicLong();
    private final RecordingObserver observer = new RecordingObserver();
    private final RecordingSink sink = new RecordingSink();
    private final Session session = session(MAX_INFLIGHT);

    private Session session(int maxInflight) {
        return new Session(
                "c", new TestLane(0), new SessionLimits(maxInflight, MAX_QUEUE, RELEASE_MILLIS), observer, clock::get);
    }

    private void connect(int receiveMaximum) {
        session.attach(sink, receiveMaximum);
        session.pump();
    }

    private void offer(String text, Qos qos) {
        session.offer(publication(text), qos, false, List.of());
    }

    private void offer0(String... texts) {
        Stream.of(texts).forEach(text -> offer(text, Qos.AT_MOST_ONCE));
    }

    private void offer1(String... texts) {
        Stream.of(texts).forEach(text -> offer(text, Qos.AT_LEAST_ONCE));
    }

    private void offer2(String... texts) {
        Stream.of(texts).forEach(text -> offer(text, Qos.EXACTLY_ONCE));
    }

    @Test
    void sendsNoMoreThanTheClientTakesUnacknowledged() {
        connect(2);

        offer1("a", "b", "c");
        assertThat(sink.take()).containsExactly("a/1/1", "b/1/2");

        session.acknowledged(1);
        assertThat(sink.take()).containsExactly("c/1/3");
        assertThat(session.inFlight()).isEqualTo(2);
        assertThat(session.queued()).isZero();
    }

    @Test
    void keepsMessagesOfAllQosInOrderBehindAFullWindow() {
        connect(1);

        offer1("a", "b");
        offer0("c");
        offer1("d");
        assertThat(sink.take()).containsExactly("a/1/1");

        session.acknowledged(1);
        assertThat(sink.take()).containsExactly("b/1/2", "c/0/0");
        session.acknowledged(2);
        assertThat(sink.take()).containsExactly("d/1/3");
    }

    @Test
    void queuesWhileThereIsNoConnectionButNotQos0() {
        offer1("a");
        offer0("b");
        offer2("c");
        assertThat(session.isConnected()).isFalse();

        connect(10);
        assertThat(sink.take()).containsExactly("a/1/1", "c/2/2");
    }

    @Test
    void dropsWhatDoesNotFitTheQueueAndSaysSo() {
        offer1("a", "b", "c", "d", "e");

        assertThat(observer.dropped).containsExactly("e QUEUE_FULL");
        assertThat(session.queued()).isEqualTo(MAX_QUEUE);
    }

    @Test
    void makesRoomInAFullQueueByDroppingWhatHasExpired() {
        session.offer(expiring("old", 1), Qos.AT_LEAST_ONCE, false, List.of());
        offer1("b", "c", "d");
        clock.set(1_000);

        offer1("e");

        assertThat(observer.dropped).containsExactly("old EXPIRED");
        connect(10);
        assertThat(sink.take()).containsExactly("b/1/1", "c/1/2", "d/1/3");
        session.acknowledged(1);
        assertThat(sink.take()).containsExactly("e/1/4");
    }

    @Test
    void doesNotDeliverWhatExpiredInTheQueue() {
        session.offer(expiring("old", 1), Qos.AT_LEAST_ONCE, false, List.of());
        offer1("b");
        clock.set(1_000);

        connect(10);

        assertThat(sink.take()).containsExactly("b/1/1");
        assertThat(observer.dropped).containsExactly("old EXPIRED");
    }

    @Test
    void sendsUnacknowledgedMessagesAgainInOrderBeforeTheQueue() {
        connect(2);
        offer1("a", "b", "c");
        sink.take();
        session.detach();
        offer1("d");

        connect(2);

        assertThat(sink.take()).containsExactly("a/1/1 dup", "b/1/2 dup");
        session.acknowledged(2);
        session.acknowledged(1);
        assertThat(sink.take()).containsExactly("c/1/3", "d/1/4");
    }

    @Test
    void respectsAWindowThatIsSmallerThanBefore() {
        connect(3);
        offer1("a", "b", "c");
        session.detach();
        sink.take();

        connect(1);
        assertThat(sink.take()).containsExactly("a/1/1 dup");
        session.acknowledged(1);
        assertThat(sink.take()).containsExactly("b/1/2 dup");
        offer0("later");
        assertThat(sink.take()).isEmpty();
        session.acknowledged(2);
        assertThat(sink.take()).containsExactly("c/1/3 dup", "later/0/0");
    }

    @Test
    void completesQos2() {
        connect(10);
        offer2("a");
        session.received(1, ReasonCode.SUCCESS);
        session.completed(1);

        assertThat(sink.take()).containsExactly("a/2/1", "PUBREL 1");
        assertThat(session.inFlight()).isZero();
    }

    @Test
    void sendsOnlyPubrelAgainForWhatTheClientHasReceived() {
        connect(10);
        offer2("a", "b");
        session.received(1, ReasonCode.SUCCESS);
        session.detach();
        sink.take();

        connect(10);

        assertThat(sink.take()).containsExactly("PUBREL 1", "b/2/2 dup");
    }

    @Test
    void endsTheDeliveryWhenTheClientRefusesIt() {
        connect(1);
        offer2("a", "b");

        session.received(1, ReasonCode.QUOTA_EXCEEDED);

        assertThat(sink.take()).containsExactly("a/2/1", "b/2/2");
    }

    @Test
    void ignoresAcknowledgementsOfTheWrongKind() {
        connect(10);
        offer1("a");
        offer2("b");
        sink.take();

        session.acknowledged(2); // QoS 2 is not acknowledged by PUBACK
        session.completed(2); // nor completed before PUBREC
        session.completed(1);
        session.acknowledged(77);
        session.received(1, ReasonCode.SUCCESS); // QoS 1 knows no PUBREC

        assertThat(sink.take()).containsExactly("PUBREL 1 PACKET_IDENTIFIER_NOT_FOUND");
        assertThat(session.inFlight()).isEqualTo(2);
    }

    @Test
    void answersPubrecForAnUnknownIdentifierUnlessItIsAFailure() {
        connect(10);

        session.received(9, ReasonCode.SUCCESS);
        session.received(10, ReasonCode.UNSPECIFIED_ERROR);

        assertThat(sink.take()).containsExactly("PUBREL 9 PACKET_IDENTIFIER_NOT_FOUND");
    }

    @Test
    void goesOnWhenTheSinkCanBeWrittenAgain() {
        connect(10);
        sink.outcome = PacketSink.Outcome.HELD;
        offer0("a");
        offer1("b");
        assertThat(session.inFlight()).isZero();
        assertThat(session.queued()).isEqualTo(2);

        sink.outcome = PacketSink.Outcome.SENT;
        session.pump();

        assertThat(sink.take()).containsExactly("a/0/0", "b/1/1");
    }

    @Test
    void forgetsWhatMustNotReachTheClient() {
        connect(1);
        sink.outcome = PacketSink.Outcome.DROPPED;
        offer1("a");
        offer0("b");
        sink.outcome = PacketSink.Outcome.SENT;
        offer1("c");

        assertThat(sink.take()).containsExactly("c/1/2");
        assertThat(observer.dropped).containsExactly("a TOO_LARGE", "b TOO_LARGE");
        assertThat(session.inFlight()).isEqualTo(1);
    }

    /** Otherwise each reconnect would let as many in as the window is wide, until no packet identifier is left. */
    @Test
    @Timeout(10)
    void boundsWhatAClientNeverCompletesAcrossReconnects() {
        for (int i = 0; i < 5; i++) {
            connect(10);
            offer2("m" + i + "a", "m" + i + "b", "m" + i + "c");
            for (int id = 1; id <= 20; id++) {
                session.received(id, ReasonCode.SUCCESS);
            }
            session.detach();
        }
        assertThat(session.inFlight()).isEqualTo(MAX_INFLIGHT);

        connect(10);
        session.completed(1);
        assertThat(session.inFlight()).isEqualTo(MAX_INFLIGHT);
        assertThat(sink.take()).last().asString().startsWith("m1a/2/");
    }

    @Test
    @Timeout(10)
    void findsAnIdentifierEvenWhenAllButOneAreTaken() {
        Session large = new Session(
                "c", new TestLane(0), new SessionLimits(65_535, MAX_QUEUE, RELEASE_MILLIS), observer, clock::get);
        large.attach(sink, 65_535);
        for (int i = 0; i < 70_000; i++) {
            large.offer(publication("m"), Qos.AT_LEAST_ONCE, false, List.of());
        }
        assertThat(large.inFlight()).isEqualTo(65_535);
        large.acknowledged(40_000);
        assertThat(sink.take()).last().isEqualTo("m/1/40000");
    }

    // ---- inbound QoS 2

    @Test
    void remembersInboundQos2UntilItsPubrel() {
        session.awaitRelease(7);
        assertThat(session.isAwaitingRelease(7)).isTrue();
        connect(10);

        session.release(7);
        session.release(7);

        assertThat(session.isAwaitingRelease(7)).isFalse();
        assertThat(sink.take()).containsExactly("PUBCOMP 7", "PUBCOMP 7 PACKET_IDENTIFIER_NOT_FOUND");
    }

    @Test
    void boundsInboundQos2AndForgetsWhatIsNeverReleased() {
        session.awaitRelease(1);
        session.awaitRelease(2);
        assertThat(session.mayAwaitRelease(3)).isTrue();
        assertThat(session.mayAwaitRelease(2)).isFalse();

        clock.set(RELEASE_MILLIS);
        assertThat(session.mayAwaitRelease(2)).isTrue();
        assertThat(session.isAwaitingRelease(1)).isFalse();
    }

    // ---- the end

    @Test
    void takesNothingAfterItsEnd() {
        connect(1);
        offer1("a", "b");
        session.end();

        offer1("c");

        assertThat(session.isEnded()).isTrue();
        assertThat(session.isConnected()).isFalse();
        assertThat(session.queued()).isZero();
    }

    @Test
    void leavesToItsHeirsWhatItOwedAsAMemberAndDidNotSendWithQos2() {
        List<String> inherited = new ArrayList<>();
        Heirs heirs = (lane, publication) ->
                inherited.add(publication.message().payload().asUtf8());
        connect(4);
        session.offer(publication("own"), Qos.AT_LEAST_ONCE, false, List.of());
        session.offerShared(publication("sent 2"), Qos.EXACTLY_ONCE, false, List.of(), heirs, true);
        session.offerShared(publication("sent 1"), Qos.AT_LEAST_ONCE, false, List.of(), heirs, true);
        session.offerShared(publication("queued 2"), Qos.EXACTLY_ONCE, false, List.of(), heirs, true);
        session.offerShared(publication("queued 0"), Qos.AT_MOST_ONCE, false, List.of(), heirs, true);
        session.offerShared(expiring("expired", 1), Qos.AT_LEAST_ONCE, false, List.of(), heirs, true);
        clock.set(1_000);

        session.end();

        assertThat(inherited).containsExactly("sent 1", "queued 2");
    }
}
