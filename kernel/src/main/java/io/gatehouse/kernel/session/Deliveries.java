package io.gatehouse.kernel.session;

import io.gatehouse.kernel.config.QueueOverflow;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of messages from one session to its client: the queue, the window and what is in flight.
 *
 * <p>Messages leave in the order of {@link #offer}: first those sent before and not acknowledged, then the queue, then retained
 * messages that a subscription asked for. A message goes to the queue whenever something is ahead of it or the window is full.
 */
@OnLane
final class Deliveries {
    // for the life of the session
    private final Session session;
    private final SessionObserver observer;
    private final LongSupplier clock;
    private final DeliveryQueue queue;
    private final InFlight inFlight = new InFlight();
    private SessionLimits limits;

    // for the life of a connection
    private @Nullable PacketSink sink;
    private int window;
    private int unacknowledged;

    /** Null when nothing is left to send again. */
    private @Nullable Redelivery redelivery;

    /** Null when no subscription waits for retained messages. */
    private @Nullable Replays replays;

    Deliveries(Session session, SessionLimits limits, SessionObserver observer, LongSupplier clock) {
        this.session = session;
        this.limits = limits;
        this.observer = observer;
        this.clock = clock;
        this.queue = new DeliveryQueue(session, limits.memory());
    }

    void limits(SessionLimits replacement) {
        limits = replacement;
        session.noRoom(null);
    }

    int inFlight() {
        return inFlight.size();
    }

    int queued() {
        return queue.size();
    }

    long queuedBytes() {
        return queue.bytes();
    }

    // ---- connections come and go

    /** As {@link Session#attach} says. */
    void attach(PacketSink connection, int receiveMaximum) {
        sink = connection;
        window = Math.min(receiveMaximum, limits.maxInflight());
        unacknowledged = 0;
        redelivery = Redelivery.of(inFlight);
    }

    /** As {@link Session#detach} says. */
    void detach() {
        sink = null;
        redelivery = null;
        dropQos0(DropReason.DISCONNECTED);
        if (replays != null) {
            replays.forgetQos0();
            pump();
        }
    }

    /** As {@link Session#giveUpQos0} says. */
    void giveUpQos0() {
        dropQos0(DropReason.SLOW_CONSUMER);
    }

    private void dropQos0(DropReason reason) {
        queue.removeIf(delivery -> delivery.qos == Qos.AT_MOST_ONCE, delivery -> dropped(delivery, reason));
    }

    /** The session is over: what it owed as a member of shared subscriptions goes to other members. */
    void end() {
        replays = null;
        detach();
        List<Delivery> left = inFlight.inOrder();
        left.addAll(queue.all());
        queue.clear();
        long now = clock.getAsLong();
        for (Delivery delivery : left) {
            if (delivery instanceof SharedDelivery shared) {
                shared.bequeath(session.lane(), now);
            }
        }
    }

    // ---- messages come

    /** As {@link Session#offer} says; not once the session has ended. */
    void offer(Publication publication, Qos qos, boolean retain, List<Integer> subscriptionIds) {
        if (qos == Qos.AT_MOST_ONCE) {
            offerQos0(publication, retain, subscriptionIds, true);
        } else {
            offer(new Delivery(publication, qos, retain, subscriptionIds), true);
        }
    }

    /**
     * Takes a message with QoS 0.
     *
     * @param last as {@link Session#offerShared} says; then true is returned
     */
    boolean offerQos0(Publication publication, boolean retain, List<Integer> subscriptionIds, boolean last) {
        PacketSink connection = sink;
        if (connection == null) {
            return last;
        }
        return isNothingAhead()
                ? offerAtOnce(connection, publication, retain, subscriptionIds, last)
                : enqueue(new Delivery(publication, Qos.AT_MOST_ONCE, retain, subscriptionIds), last);
    }

    private boolean offerAtOnce(
            PacketSink connection,
            Publication publication,
            boolean retain,
            List<Integer> subscriptionIds,
            boolean last) {
        switch (connection.publish(publication, Qos.AT_MOST_ONCE, retain, subscriptionIds, 0, false)) {
            case SENT -> observer.delivered(session, publication.message());
            case DROPPED -> observer.dropped(session, publication.message(), DropReason.TOO_LARGE);
            case REFUSED -> observer.dropped(session, publication.message(), DropReason.REFUSED);
            case HELD -> {
                return enqueue(new Delivery(publication, Qos.AT_MOST_ONCE, retain, subscriptionIds), last);
            }
        }
        return true;
    }

    /**
     * Takes a message with QoS 1 or 2.
     *
     * @param last as {@link Session#offerShared} says; then true is returned
     */
    boolean offer(Delivery delivery, boolean last) {
        boolean first = sink != null && isNothingAhead();
        return (first && mayTransmit() && transmit(Objects.requireNonNull(sink), delivery)) || enqueue(delivery, last);
    }

    private boolean isNothingAhead() {
        return queue.isEmpty() && redelivery == null;
    }

    /** As {@link Session#replay} says. */
    void replay(SessionSubscription subscription, RetainedMessages retained) {
        if (sink != null) {
            if (replays == null) {
                replays = new Replays(session.subscriptions(), session.lane().portions(), this::pump);
            }
            replays.add(subscription, retained);
            pump();
        }
    }

    /** False when it has no room and others may have: then they are told. */
    private boolean enqueue(Delivery delivery, boolean last) {
        boolean scarce = delivery.qos == Qos.AT_MOST_ONCE && limits.memory().isTight();
        if (!scarce && (queue.hasRoomFor(delivery, limits) || makeRoomFor(delivery, last))) {
            queue.add(delivery);
            return true;
        }
        if (last) {
            dropped(delivery, scarce ? DropReason.MEMORY : DropReason.QUEUE_FULL);
        } else {
            session.noRoom(noRoomFor(delivery, scarce));
        }
        return last;
    }

    /** Of an empty queue, for which a message is too large, nothing is known: another may be sent at once. */
    private @Nullable NoRoom noRoomFor(Delivery delivery, boolean scarce) {
        NoRoom known = session.noRoom();
        if (scarce) {
            return NoRoom.inMemory(known, limits.memory());
        }
        long bytes = queue.hasPlace(limits) ? delivery.publication.size() : 0;
        return queue.isEmpty() ? known : NoRoom.inQueue(known, bytes, queue.nextExpiry());
    }

    /** A retained message, which nobody was promised: nothing else makes way for it. False when it has no room. */
    private boolean enqueueIfRoom(Delivery delivery) {
        boolean room = queue.hasRoomFor(delivery, limits);
        if (room) {
            queue.add(delivery);
        } else {
            dropped(delivery, DropReason.QUEUE_FULL);
        }
        return room;
    }

    private boolean makeRoomFor(Delivery delivery, boolean last) {
        boolean room = queue.makeRoomFor(delivery, limits, clock.getAsLong(), this::dropped)
                || (last && queue.makeMoreRoomFor(delivery, limits, this::dropped));
        if (!room && last && sink != null && limits.overflow() == QueueOverflow.DISCONNECT) {
            observer.overflowed(session);
        }
        return room;
    }

    private void dropped(Delivery delivery, DropReason reason) {
        observer.dropped(session, delivery.publication.message(), reason);
    }

    // ---- messages leave

    /** As {@link Session#pump} says. */
    void pump() {
        if (session.noRoom() != null) {
            session.noRoom(null); // the client can be written to again, perhaps
        }
        PacketSink connection = sink;
        if (connection == null) {
            queueReplays();
        } else if (pumpRedelivery(connection) && pumpQueue(connection)) {
            pumpReplays(connection);
        }
    }

    /** True when nothing of this is left to send. */
    private boolean pumpRedelivery(PacketSink connection) {
        Redelivery due = redelivery;
        if (due == null) {
            return true;
        }
        for (Delivery delivery = due.peek(); delivery != null; delivery = due.peek()) {
            if (!redeliver(connection, delivery)) {
                return false;
            }
            due.sent();
        }
        redelivery = null;
        return true;
    }

    private boolean redeliver(PacketSink connection, Delivery delivery) {
        if (delivery.state == Delivery.State.RELEASED) {
            connection.send(new PubRel(delivery.packetId));
            return true;
        }
        return windowOpen() && write(connection, delivery, true);
    }

    private boolean pumpQueue(PacketSink connection) {
        dropExpired();
        for (Delivery head = queue.peek(); head != null; head = queue.peek()) {
            if (!send(connection, head)) {
                return false;
            }
            queue.remove();
            dropExpired();
        }
        return true;
    }

    private void dropExpired() {
        for (Delivery head = queue.peek(); head != null && isExpired(head); head = queue.peek()) {
            dropped(queue.remove(), DropReason.EXPIRED);
        }
    }

    private boolean isExpired(Delivery delivery) {
        return delivery.publication.mayExpire() && delivery.publication.isExpired(clock.getAsLong());
    }

    private void pumpReplays(PacketSink connection) {
        Replays waiting = replays;
        if (waiting == null) {
            return;
        }
        for (SessionSubscription next = waiting.subscription(); next != null; next = waiting.subscription()) {
            if (next.options().maximumQos() != Qos.AT_MOST_ONCE && !mayTransmit()) {
                return;
            }
            Delivery delivery = waiting.next(clock.getAsLong());
            if (delivery != null && !send(connection, delivery)) {
                waiting.putBack(delivery);
                return;
            }
        }
        if (waiting.isEmpty()) {
            replays = null;
        }
    }

    /** Without a connection they go to the queue; what has no place there is not even looked up. */
    private void queueReplays() {
        Replays waiting = replays;
        if (waiting == null) {
            return;
        }
        boolean room = true;
        while (room && waiting.subscription() != null) {
            room = queue.hasPlace(limits);
            Delivery delivery = room ? waiting.next(clock.getAsLong()) : null;
            if (delivery != null && delivery.qos != Qos.AT_MOST_ONCE) {
                room = enqueueIfRoom(delivery);
            }
        }
        if (!room || waiting.isEmpty()) {
            replays = null;
        }
    }

    private boolean send(PacketSink connection, Delivery delivery) {
        return delivery.qos == Qos.AT_MOST_ONCE
                ? write(connection, delivery, false)
                : mayTransmit() && transmit(connection, delivery);
    }

    private boolean windowOpen() {
        return unacknowledged < window;
    }

    /**
     * A message that was never sent also needs a place among all that are unacknowledged: those of earlier connections that the client
     * has received and never completes do not count against the window.
     */
    private boolean mayTransmit() {
        return windowOpen() && inFlight.size() < limits.maxInflight();
    }

    /** Sends a QoS 1 or 2 message for the first time; false when it was held, and then it is as it was. */
    private boolean transmit(PacketSink connection, Delivery delivery) {
        inFlight.add(delivery);
        delivery.state = Delivery.State.SENT;
        if (write(connection, delivery, false)) {
            return true;
        }
        inFlight.remove(delivery);
        delivery.state = Delivery.State.QUEUED;
        return false;
    }

    private boolean write(PacketSink connection, Delivery delivery, boolean dup) {
        Publication publication = delivery.publication;
        switch (connection.publish(
                publication, delivery.qos, delivery.retain, delivery.subscriptionIds, delivery.packetId, dup)) {
            case HELD -> {
                return false;
            }
            case SENT -> {
                if (delivery.qos != Qos.AT_MOST_ONCE) {
                    delivery.counted = true;
                    unacknowledged++;
                }
                observer.delivered(session, publication.message());
            }
            case DROPPED -> forget(delivery, DropReason.TOO_LARGE);
            case REFUSED -> forget(delivery, DropReason.REFUSED);
        }
        return true;
    }

    private void forget(Delivery delivery, DropReason reason) {
        if (delivery.qos != Qos.AT_MOST_ONCE) {
            inFlight.remove(delivery);
        }
        dropped(delivery, reason);
    }

    // ---- what the client says to it

    /** The delivery in flight with this identifier, null when there is none. */
    @Nullable
    Delivery find(int packetId) {
        return inFlight.find(packetId);
    }

    /** The client has acknowledged a delivery in flight for good, or will never: the next one may leave. */
    void finish(Delivery delivery) {
        inFlight.remove(delivery);
        if (delivery.counted) {
            unacknowledged--;
        }
        pump();
    }

    /** Sends the client what is no message, if it is connected. */
    void send(Packet answer) {
        if (sink != null) {
            sink.send(answer);
        }
    }
}
