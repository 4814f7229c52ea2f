package io.gatehouse.kernel.session;

import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
    private final SessionLimits limits;
    private final SessionObserver observer;
    private final LongSupplier clock;
    private final Map<String, SessionSubscription> subscriptions = new HashMap<>();
    private final ArrayDeque<Delivery> queue = new ArrayDeque<>(4);
    private final ArrayDeque<Replay> replays = new ArrayDeque<>(1);
    private final InFlight inFlight = new InFlight();
    private final PacketIds awaitingRelease = new PacketIds();

    // for the life of a connection
    private final ArrayDeque<Delivery> redelivery = new ArrayDeque<>(1);
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

    /** The connection has gone. QoS 0 messages that waited for it are lost, as QoS 0 means. */
    public void detach() {
        sink = null;
        connected = false;
        redelivery.clear();
        queue.removeIf(delivery -> delivery.qos == Qos.AT_MOST_ONCE);
        replays.clear();
    }

    /**
     * Takes a message for this client: sends it if it is its turn, else queues it.
     *
     * @param qos already lowered to the subscription's maximum
     * @param retain the retain flag as the client shall see it
     * @param subscriptionIds the identifiers of the subscriptions that selected it
     */
    public void offer(Publication publication, Qos qos, boolean retain, List<Integer> subscriptionIds) {
        if (sink == null) {
            if (qos != Qos.AT_MOST_ONCE) {
                enqueue(new Delivery(publication, qos, retain, subscriptionIds));
            }
            return;
        }
        boolean first = queue.isEmpty() && redelivery.isEmpty();
        if (first && qos == Qos.AT_MOST_ONCE) {
            offerAtOnce(sink, publication, retain, subscriptionIds);
            return;
        }
        Delivery delivery = new Delivery(publication, qos, retain, subscriptionIds);
        if (!first || !windowOpen() || !transmit(sink, delivery)) {
            enqueue(delivery);
        }
    }

    /** Takes retained messages for a new subscription. They are sent when nothing else waits, so that they need not fit the queue. */
    public void replay(Iterator<Publication> retained, SessionSubscription subscription) {
        replays.add(new Replay(retained, subscription));
        pump();
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
        return awaitingRelease.contains(packetId);
    }

    /** Remembers the identifier of an inbound QoS 2 message; false when there are too many (MQTT 5.0 section 4.9). */
    public boolean awaitRelease(int packetId) {
        if (awaitingRelease.size() >= limits.receiveMaximum()) {
            awaitingRelease.removeOlderThan(clock.getAsLong() - limits.awaitingRelMillis());
            if (awaitingRelease.size() >= limits.receiveMaximum()) {
                return false;
            }
        }
        awaitingRelease.add(packetId, clock.getAsLong());
        return true;
    }

    /** Forgets the identifier of an inbound QoS 2 message that was refused, so that the client may use it again. */
    public void forgetAwaitingRelease(int packetId) {
        awaitingRelease.remove(packetId);
    }

    /** PUBREL from the client: answers PUBCOMP. */
    public void release(int packetId) {
        boolean known = awaitingRelease.remove(packetId);
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
            case DROPPED -> observer.dropped(this, publication.message(), ReasonCode.PACKET_TOO_LARGE);
            case HELD -> enqueue(new Delivery(publication, Qos.AT_MOST_ONCE, retain, subscriptionIds));
        }
    }

    private void enqueue(Delivery delivery) {
        if (queue.size() >= limits.maxQueue()) {
            observer.dropped(this, delivery.publication.message(), ReasonCode.QUOTA_EXCEEDED);
        } else {
            queue.add(delivery);
        }
    }

    private boolean windowOpen() {
        return unacknowledged < window;
    }

    /** True when nothing of this is left to send. */
    private boolean pumpRedelivery(PacketSink connection) {
        while (!redelivery.isEmpty()) {
            Delivery delivery = redelivery.peek();
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
        while (!queue.isEmpty()) {
            Delivery delivery = queue.peek();
            if (delivery.publication.isExpired(clock.getAsLong())) {
                observer.dropped(this, delivery.publication.message(), ReasonCode.UNSPECIFIED_ERROR);
            } else if (!send(connection, delivery)) {
                return false;
            }
            queue.poll();
        }
        return true;
    }

    private void pumpReplays(PacketSink connection) {
        while (!replays.isEmpty()) {
            Replay replay = replays.getFirst();
            Delivery delivery = replay.next(clock.getAsLong());
            if (delivery == null) {
                replays.poll();
            } else if (!send(connection, delivery)) {
                replay.putBack(delivery);
                return;
            }
        }
    }

    private boolean send(PacketSink connection, Delivery delivery) {
        return delivery.qos == Qos.AT_MOST_ONCE
                ? write(connection, delivery, false)
                : windowOpen() && transmit(connection, delivery);
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
            case DROPPED -> {
                if (delivery.qos != Qos.AT_MOST_ONCE) {
                    inFlight.remove(delivery);
                }
                observer.dropped(this, publication.message(), ReasonCode.PACKET_TOO_LARGE);
            }
        }
        return true;
    }

    private void finish(Delivery delivery) {
        inFlight.remove(delivery);
        if (delivery.counted) {
            unacknowledged--;
        }
        pump();
    }
}
