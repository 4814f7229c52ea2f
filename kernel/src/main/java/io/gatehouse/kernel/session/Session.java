package io.gatehouse.kernel.session;

import io.gatehouse.kernel.config.QueueOverflow;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the broker remembers of a client: its subscriptions, the messages for it and the QoS state machines of both directions (MQTT 5.0
 * section 4.1). It outlives connections; while one exists the session sends through the connection's {@link PacketSink}.
 *
 * <p>Messages leave in the order of {@link #offer}: first those sent before and not acknowledged, then the queue, then retained
 * messages that a subscription asked for. A message goes to the queue whenever something is ahead of it or the window is full.
 */
@OnLane
public final class Session {
    // for the life of the session
    private final String clientId;
    private final Lane lane;
    private final SessionObserver observer;
    private final LongSupplier clock;
    private final Map<String, SessionSubscription> subscriptions = new HashMap<>(2);
    private final DeliveryQueue queue;
    private final InFlight inFlight = new InFlight();

    /** Null until the client sends its first QoS 2 message. */
    private @Nullable PacketIds awaitingRelease;

    private SessionLimits limits;
    private boolean ended;

    // for the life of a connection
    private final DeliveryRing redelivery = new DeliveryRing();

    /** Null when no subscription waits for retained messages. */
    private @Nullable LinkedHashMap<String, Replay> replays;

    private @Nullable PacketSink sink;
    private volatile boolean connected;
    private int window;
    private int unacknowledged;

    /**
     * A session without subscriptions and messages.
     *
     * @param clock milliseconds since the epoch
     */
    public Session(String clientId, Lane lane, SessionLimits limits, SessionObserver observer, LongSupplier clock) {
        this.clientId = clientId;
        this.lane = lane;
        this.limits = limits;
        this.observer = observer;
        this.clock = clock;
        this.queue = new DeliveryQueue(limits.memory());
    }

    /** The client identifier. */
    @AnyThread
    public String clientId() {
        return clientId;
    }

    /** The lane to which this session belongs for all its life. */
    @AnyThread
    public Lane lane() {
        return lane;
    }

    /** The subscriptions by filter as the client wrote it; the caller keeps it in step with the router. */
    public Map<String, SessionSubscription> subscriptions() {
        return subscriptions;
    }

    /** True while a client is connected; on another thread than the lane's, a moment ago. */
    @AnyThread
    public boolean isConnected() {
        return connected;
    }

    /** Messages sent and not acknowledged. */
    public int inFlight() {
        return inFlight.size();
    }

    /** Messages waiting to be sent. */
    public int queued() {
        return queue.size();
    }

    /** How much memory the messages take that wait, roughly, in bytes. */
    public long queuedBytes() {
        return queue.bytes();
    }

    /** Puts other bounds in the place of the present ones; to be called before {@link #attach}. What waits already stays. */
    public void limits(SessionLimits replacement) {
        limits = replacement;
        if (awaitingRelease != null) {
            awaitingRelease.life(replacement.awaitingRelMillis());
        }
    }

    /**
     * A client has connected. Everything unacknowledged is due to be sent again, as soon as {@link #pump()} is called (MQTT 5.0 section
     * 4.4).
     *
     * @param receiveMaximum how many unacknowledged messages the client takes
     */
    public void attach(PacketSink connection, int receiveMaximum) {
        sink = connection;
        connected = true;
        window = Math.min(receiveMaximum, limits.maxInflight());
        unacknowledged = 0;
        redelivery.clear();
        for (Delivery delivery : inFlight.inOrder()) {
            delivery.counted = false;
            redelivery.add(delivery);
        }
    }

    /**
     * The connection has gone. QoS 0 messages that waited for it are lost, as QoS 0 means; retained messages that a subscription still
     * had to be sent wait in the queue from now on, as far as it has room. The others are given up: nothing else makes way for them, and
     * they are not even looked up.
     */
    public void detach() {
        sink = null;
        connected = false;
        redelivery.clear();
        queue.removeIf(delivery -> delivery.qos == Qos.AT_MOST_ONCE, _ -> {});
        LinkedHashMap<String, Replay> waiting = replays;
        if (waiting != null) {
            replays = null;
            Iterator<Replay> rest = waiting.values().iterator();
            while (rest.hasNext() && enqueueRest(rest.next())) {}
        }
    }

    /** The client does not read, and its connection is about to end: QoS 0 messages that wait for it are given up. */
    public void giveUpQos0() {
        queue.removeIf(
                delivery -> delivery.qos == Qos.AT_MOST_ONCE, delivery -> dropped(delivery, DropReason.SLOW_CONSUMER));
    }

    /**
     * The session is over: whatever is offered from now on goes nowhere, and what it owed as a member of shared subscriptions goes to
     * other members. To be called after it has left the router.
     */
    public void end() {
        ended = true;
        detach();
        List<Delivery> left = inFlight.inOrder();
        left.addAll(queue.all());
        queue.clear();
        long now = clock.getAsLong();
        for (Delivery delivery : left) {
            if (delivery instanceof SharedDelivery shared) {
                shared.bequeath(lane, now);
            }
        }
    }

    /** True when the session is over, which a message that was on its way to it finds out when it arrives. */
    public boolean isEnded() {
        return ended;
    }

    /**
     * Takes a message for this client: sends it if it is its turn, else queues it.
     *
     * @param qos already lowered to the subscription's maximum
     * @param retain the retain flag as the client shall see it
     * @param subscriptionIds the identifiers of the subscriptions that selected it
     */
    public void offer(Publication publication, Qos qos, boolean retain, List<Integer> subscriptionIds) {
        if (qos != Qos.AT_MOST_ONCE) {
            offer(new Delivery(publication, qos, retain, subscriptionIds));
        } else if (sink != null && queue.isEmpty() && redelivery.isEmpty()) {
            offerAtOnce(sink, publication, retain, subscriptionIds);
        } else if (sink != null) {
            enqueue(new Delivery(publication, qos, retain, subscriptionIds));
        }
    }

    /** The same for a message that the client gets as a member of a shared subscription: others inherit it if this session ends. */
    public void offerShared(
            Publication publication, Qos qos, boolean retain, List<Integer> subscriptionIds, Heirs heirs) {
        if (qos == Qos.AT_MOST_ONCE) {
            offer(publication, qos, retain, subscriptionIds);
        } else {
            offer(new SharedDelivery(publication, qos, retain, subscriptionIds, heirs));
        }
    }

    private void offer(Delivery delivery) {
        boolean first = sink != null && queue.isEmpty() && redelivery.isEmpty();
        if (!ended && !(first && mayTransmit() && transmit(Objects.requireNonNull(sink), delivery))) {
            enqueue(delivery);
        }
    }

    /**
     * Takes the retained messages for a new subscription. They are sent when nothing else waits, so that they need not fit the queue, and
     * as long as the subscription is in force.
     *
     * @param retained looked up when it is their turn
     */
    public void replay(SessionSubscription subscription, RetainedMessages retained) {
        if (sink != null) {
            LinkedHashMap<String, Replay> waiting = replays;
            if (waiting == null) {
                waiting = new LinkedHashMap<>(2);
                replays = waiting;
            }
            waiting.remove(subscription.asked());
            waiting.put(subscription.asked(), new Replay(subscription, retained));
            pump();
        }
    }

    /** Sends what may be sent: called after attaching, when the window opens and when the sink can be written again. */
    public void pump() {
        PacketSink connection = sink;
        if (connection != null && pumpRedelivery(connection) && pumpQueue(connection)) {
            pumpReplays(connection);
        }
    }

    /** PUBACK from the client; an unknown identifier is ignored. */
    public void acknowledged(int packetId) {
        Delivery delivery = inFlight.find(packetId);
        if (delivery != null && delivery.qos == Qos.AT_LEAST_ONCE) {
            finish(delivery);
        }
    }

    /** PUBREC from the client. A failure ends the delivery (MQTT 5.0 section 4.3.3); an unknown identifier is answered as such. */
    public void received(int packetId, ReasonCode reason) {
        PacketSink connection = sink;
        Delivery delivery = inFlight.find(packetId);
        if (connection == null) {
            return;
        }
        if (delivery == null || delivery.qos != Qos.EXACTLY_ONCE) {
            if (!reason.isFailure()) {
                connection.send(new PubRel(packetId, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND, null, List.of()));
            }
        } else if (reason.isFailure()) {
            finish(delivery);
        } else {
            delivery.state = Delivery.State.RELEASED;
            connection.send(new PubRel(packetId));
        }
    }

    /** PUBCOMP from the client; an unknown identifier is ignored. */
    public void completed(int packetId) {
        Delivery delivery = inFlight.find(packetId);
        if (delivery != null && delivery.state == Delivery.State.RELEASED) {
            finish(delivery);
        }
    }

    /** True when the client already sent a QoS 2 message with this identifier and has not released it. */
    public boolean isAwaitingRelease(int packetId) {
        return awaitingRelease != null && awaitingRelease.contains(packetId);
    }

    /** How many inbound QoS 2 messages wait for their PUBREL. */
    public int awaitingRelease() {
        return awaitingRelease == null ? 0 : awaitingRelease.size();
    }

    /** True when another inbound QoS 2 message may wait for its PUBREL beside those that do (MQTT 5.0 section 4.9). */
    public boolean mayAwaitRelease(int maximum) {
        PacketIds waiting = awaitingRelease;
        if (waiting == null) {
            return maximum > 0;
        }
        if (waiting.size() >= maximum) {
            waiting.forgetOld(clock.getAsLong());
        }
        return waiting.size() < maximum;
    }

    /**
     * Remembers the identifier of an inbound QoS 2 message, which is not {@linkplain #isAwaitingRelease remembered} yet, from now until
     * its PUBREL: from the moment on in which the message is taken, not earlier, or it would be lost when the connection is.
     */
    public void awaitRelease(int packetId) {
        PacketIds waiting = awaitingRelease;
        if (waiting == null) {
            waiting = new PacketIds(limits.awaitingRelMillis());
            awaitingRelease = waiting;
        }
        waiting.add(packetId, clock.getAsLong());
    }

    /** PUBREL from the client: answers PUBCOMP. */
    public void release(int packetId) {
        boolean known = awaitingRelease != null && awaitingRelease.remove(packetId);
        if (sink != null) {
            sink.send(
                    known
                            ? new PubComp(packetId)
                            : new PubComp(packetId, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND, null, List.of()));
        }
    }

    private void offerAtOnce(
            PacketSink connection, Publication publication, boolean retain, List<Integer> subscriptionIds) {
        switch (connection.publish(publication, Qos.AT_MOST_ONCE, retain, subscriptionIds, 0, false)) {
            case SENT -> observer.delivered(this, publication.message());
            case DROPPED -> observer.dropped(this, publication.message(), DropReason.TOO_LARGE);
            case REFUSED -> observer.dropped(this, publication.message(), DropReason.REFUSED);
            case HELD -> enqueue(new Delivery(publication, Qos.AT_MOST_ONCE, retain, subscriptionIds));
        }
    }

    private void enqueue(Delivery delivery) {
        if (delivery.qos == Qos.AT_MOST_ONCE && limits.memory().isTight()) {
            dropped(delivery, DropReason.MEMORY);
        } else if (makeRoomFor(delivery)) {
            queue.add(delivery);
        } else {
            dropped(delivery, DropReason.QUEUE_FULL);
        }
    }

    private boolean makeRoomFor(Delivery delivery) {
        if (queue.hasRoomFor(delivery, limits)) {
            return true;
        }
        queue.removeExpired(clock.getAsLong(), expired -> dropped(expired, DropReason.EXPIRED));
        if (limits.overflow() == QueueOverflow.DROP_OLDEST && DeliveryQueue.couldHold(delivery, limits)) {
            while (!queue.isEmpty() && !queue.hasRoomFor(delivery, limits)) {
                dropped(queue.remove(), DropReason.QUEUE_FULL);
            }
        }
        boolean room = queue.hasRoomFor(delivery, limits);
        if (!room && sink != null && limits.overflow() == QueueOverflow.DISCONNECT) {
            observer.overflowed(this);
        }
        return room;
    }

    private void dropExpired() {
        for (Delivery head = queue.peek(); head != null && isExpired(head); head = queue.peek()) {
            dropped(queue.remove(), DropReason.EXPIRED);
        }
    }

    /** False when there is no room for more of them. */
    private boolean enqueueRest(Replay replay) {
        if (replay.subscription().options().maximumQos() == Qos.AT_MOST_ONCE || !isInForce(replay)) {
            return true;
        }
        boolean room = queue.size() < limits.maxQueue();
        Delivery next = room ? replay.next(clock.getAsLong()) : null;
        while (next != null) {
            room = next.qos == Qos.AT_MOST_ONCE || queue.hasRoomFor(next, limits);
            if (!room) {
                dropped(next, DropReason.QUEUE_FULL);
                return false;
            }
            if (next.qos != Qos.AT_MOST_ONCE) {
                queue.add(next);
            }
            next = replay.next(clock.getAsLong());
        }
        return room;
    }

    @SuppressWarnings("ReferenceEquality") // subscriptions are compared by identity
    private boolean isInForce(Replay replay) {
        return subscriptions.get(replay.subscription().asked()) == replay.subscription();
    }

    private boolean isExpired(Delivery delivery) {
        return delivery.publication.mayExpire() && delivery.publication.isExpired(clock.getAsLong());
    }

    private void dropped(Delivery delivery, DropReason reason) {
        observer.dropped(this, delivery.publication.message(), reason);
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

    /** True when nothing of this is left to send. */
    @SuppressWarnings("ReferenceEquality") // the very delivery
    private boolean pumpRedelivery(PacketSink connection) {
        for (Delivery delivery = redelivery.peek(); delivery != null; delivery = redelivery.peek()) {
            if (inFlight.find(delivery.packetId) == delivery && !redeliver(connection, delivery)) {
                return false;
            }
            redelivery.poll();
        }
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

    private void pumpReplays(PacketSink connection) {
        LinkedHashMap<String, Replay> waiting = replays;
        while (waiting != null && !waiting.isEmpty()) {
            Replay replay = waiting.firstEntry().getValue();
            if (replay.subscription().options().maximumQos() != Qos.AT_MOST_ONCE && !mayTransmit()) {
                return;
            }
            Delivery delivery = isInForce(replay) ? replay.next(clock.getAsLong()) : null;
            if (delivery == null) {
                waiting.remove(replay.subscription().asked());
            } else if (!send(connection, delivery)) {
                replay.putBack(delivery);
                return;
            }
        }
        replays = null;
    }

    private boolean send(PacketSink connection, Delivery delivery) {
        return delivery.qos == Qos.AT_MOST_ONCE
                ? write(connection, delivery, false)
                : mayTransmit() && transmit(connection, delivery);
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
                observer.delivered(this, publication.message());
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

    private void finish(Delivery delivery) {
        inFlight.remove(delivery);
        if (delivery.counted) {
            unacknowledged--;
        }
        pump();
    }
}
