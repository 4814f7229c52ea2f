package io.gatehouse.kernel.session;

import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the broker remembers of a client: its subscriptions, the messages for it and the QoS state machines of both directions (MQTT 5.0
 * section 4.1). It outlives connections; while one exists the session sends through the connection's {@link PacketSink}.
 *
 * <p>Messages for the client are the business of {@link Deliveries}; of messages from it, only {@link AwaitingRelease} is remembered. Here
 * stands what its acknowledgements do.
 */
@OnLane
public final class Session {
    private final String clientId;
    private final Lane lane;
    private final LongSupplier clock;
    private final Map<String, SessionSubscription> subscriptions = new HashMap<>(2);
    private final Deliveries deliveries;
    private final AwaitingRelease awaitingRelease;
    private volatile boolean connected;

    /** Null when there may be room for anything. */
    private volatile @Nullable NoRoom noRoom;

    private boolean ended;

    /**
     * A session without subscriptions and messages.
     *
     * @param clock milliseconds since the epoch
     */
    public Session(String clientId, Lane lane, SessionLimits limits, SessionObserver observer, LongSupplier clock) {
        this.clientId = clientId;
        this.lane = lane;
        this.clock = clock;
        this.deliveries = new Deliveries(this, limits, observer, clock);
        this.awaitingRelease = new AwaitingRelease(limits.awaitingRelMillis());
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

    /**
     * False when there is certainly no room for this message as one of a shared subscription: it was offered one that needed no more, and
     * nothing has left the queue since. True when it may be offered; on another thread than the lane's, that was a moment ago.
     */
    @AnyThread
    public boolean mayHaveRoomFor(Publication publication, Qos qos) {
        NoRoom known = noRoom;
        return known == null || !known.isFor(publication, qos, clock);
    }

    /** What could not be taken, for those who ask {@link #mayHaveRoomFor}; null when that is over. */
    void noRoom(@Nullable NoRoom known) {
        noRoom = known;
    }

    /** See {@link #noRoom(NoRoom)}. */
    @Nullable
    NoRoom noRoom() {
        return noRoom;
    }

    /** True when the session is over, which a message that was on its way to it finds out when it arrives. */
    public boolean isEnded() {
        return ended;
    }

    /** Puts other bounds in the place of the present ones; to be called before {@link #attach}. What waits already stays. */
    public void limits(SessionLimits replacement) {
        deliveries.limits(replacement);
        awaitingRelease.life(replacement.awaitingRelMillis());
    }

    // ---- connections come and go

    /**
     * A client has connected. Everything unacknowledged is due to be sent again, as soon as {@link #pump()} is called (MQTT 5.0 section
     * 4.4).
     *
     * @param receiveMaximum how many unacknowledged messages the client takes
     */
    public void attach(PacketSink connection, int receiveMaximum) {
        connected = true;
        deliveries.attach(connection, receiveMaximum);
    }

    /**
     * The connection has gone. QoS 0 messages that waited for it are dropped, as QoS 0 means; retained messages that a subscription still
     * had to be sent come to the queue, as far as it has room: at once, or in portions when there is much to be searched. The others are
     * given up: nothing else makes way for them, and they are not even looked up.
     */
    public void detach() {
        connected = false;
        deliveries.detach();
    }

    /**
     * The session is over: whatever is offered from now on goes nowhere, and what it owed as a member of shared subscriptions goes to
     * other members. To be called after it has left the router.
     */
    public void end() {
        ended = true;
        connected = false;
        deliveries.end();
    }

    // ---- towards the client

    /** Messages sent and not acknowledged. */
    public int inFlight() {
        return deliveries.inFlight();
    }

    /** Messages waiting to be sent. */
    public int queued() {
        return deliveries.queued();
    }

    /** How much memory the messages take that wait, roughly, in bytes. */
    public long queuedBytes() {
        return deliveries.queuedBytes();
    }

    /**
     * Takes a message for this client: sends it if it is its turn, else queues it.
     *
     * @param qos already lowered to the subscription's maximum
     * @param retain the retain flag as the client shall see it
     * @param subscriptionIds the identifiers of the subscriptions that selected it
     */
    public void offer(Publication publication, Qos qos, boolean retain, List<Integer> subscriptionIds) {
        if (!ended) {
            deliveries.offer(publication, qos, retain, subscriptionIds);
        }
    }

    /**
     * The same for a message that the client gets as a member of a shared subscription, which has not {@linkplain #isEnded ended}: others
     * inherit it if this session ends, and get it now when this one has no room.
     *
     * @param last true when nobody else has room: then it is taken or dropped like any other
     * @return false when there is no room for it, and nothing was done
     */
    public boolean offerShared(
            Publication publication,
            Qos qos,
            boolean retain,
            List<Integer> subscriptionIds,
            Heirs heirs,
            boolean last) {
        return qos == Qos.AT_MOST_ONCE
                ? deliveries.offerQos0(publication, retain, subscriptionIds, last)
                : deliveries.offer(new SharedDelivery(publication, qos, retain, subscriptionIds, heirs), last);
    }

    /**
     * Takes the retained messages for a new subscription. They are sent when nothing else waits, so that they need not fit the queue, and
     * as long as the subscription is in force.
     *
     * @param retained looked up when it is their turn
     */
    public void replay(SessionSubscription subscription, RetainedMessages retained) {
        deliveries.replay(subscription, retained);
    }

    /** Sends what may be sent: called after attaching, when the window opens and when the sink can be written again, or may be. */
    public void pump() {
        deliveries.pump();
    }

    /** The client does not read, and its connection is about to end: QoS 0 messages that wait for it are given up. */
    public void giveUpQos0() {
        deliveries.giveUpQos0();
    }

    // ---- from the client

    /** PUBACK from the client; an unknown identifier is ignored. */
    public void acknowledged(int packetId) {
        Delivery delivery = deliveries.find(packetId);
        if (delivery != null && delivery.qos == Qos.AT_LEAST_ONCE) {
            deliveries.finish(delivery);
        }
    }

    /** PUBREC from the client. A failure ends the delivery (MQTT 5.0 section 4.3.3); an unknown identifier is answered as such. */
    public void received(int packetId, ReasonCode reason) {
        if (!connected) {
            return;
        }
        Delivery delivery = deliveries.find(packetId);
        if (delivery == null || delivery.qos != Qos.EXACTLY_ONCE) {
            if (!reason.isFailure()) {
                deliveries.send(new PubRel(packetId, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND, null, List.of()));
            }
        } else if (reason.isFailure()) {
            deliveries.finish(delivery);
        } else {
            delivery.state = Delivery.State.RELEASED;
            deliveries.send(new PubRel(packetId));
        }
    }

    /** PUBCOMP from the client; an unknown identifier is ignored. */
    public void completed(int packetId) {
        Delivery delivery = deliveries.find(packetId);
        if (delivery != null && delivery.state == Delivery.State.RELEASED) {
            deliveries.finish(delivery);
        }
    }

    /** True when the client already sent a QoS 2 message with this identifier and has not released it. */
    public boolean isAwaitingRelease(int packetId) {
        return awaitingRelease.contains(packetId);
    }

    /** How many inbound QoS 2 messages wait for their PUBREL. */
    public int awaitingRelease() {
        return awaitingRelease.size();
    }

    /** True when another inbound QoS 2 message may wait for its PUBREL beside those that do (MQTT 5.0 section 4.9). */
    public boolean mayAwaitRelease(int maximum) {
        return awaitingRelease.hasRoom(maximum, clock);
    }

    /**
     * Remembers the identifier of an inbound QoS 2 message, which is not {@linkplain #isAwaitingRelease remembered} yet, from now until
     * its PUBREL: from the moment on in which the message is taken, not earlier, or it would be lost when the connection is.
     */
    public void awaitRelease(int packetId) {
        awaitingRelease.add(packetId, clock.getAsLong());
    }

    /** PUBREL from the client: answers PUBCOMP. */
    public void release(int packetId) {
        boolean known = awaitingRelease.remove(packetId);
        deliveries.send(
                known
                        ? new PubComp(packetId)
                        : new PubComp(packetId, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND, null, List.of()));
    }
}
