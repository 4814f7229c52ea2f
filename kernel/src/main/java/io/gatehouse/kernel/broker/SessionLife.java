package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.DropReason;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionLimits;
import io.gatehouse.kernel.session.SessionObserver;
import io.gatehouse.kernel.topic.Mountpoint;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.broker.SessionInfo;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A session from its first connection to its end, with or without a client at the moment. Its fields change on its lane; what a
 * {@link SessionInfo} shows may be read by any thread and is then a moment old.
 */
@OnLane
final class SessionLife implements SessionObserver {
    private final Session session;
    private final Mountpoint mountpoint;
    private final Counters counters;
    private final EventRelay events;

    volatile Client client;
    volatile long expirySeconds;
    /** Milliseconds since the epoch. */
    volatile long since;

    /** The connection, null while there is none. */
    volatile @Nullable ClientContext context;

    /** The rules that the authenticator gave the latest connection. */
    List<AclRule> acl = List.of();

    /** Runs while there is no connection. */
    Lane.@Nullable Timer expiry;

    /** A will whose delay has not passed yet (MQTT 5.0 section 3.1.3.2.2). */
    @Nullable
    DelayedWill delayedWill;

    Lane.@Nullable Timer willTimer;

    /** When the subscriptions are judged again, because somebody could not be asked. */
    Lane.@Nullable Timer judgement;

    SessionLife(
            Client client,
            Mountpoint mountpoint,
            Lane lane,
            SessionLimits limits,
            Counters counters,
            EventRelay events,
            LongSupplier clock) {
        this.client = client;
        this.mountpoint = mountpoint;
        this.since = System.currentTimeMillis();
        this.counters = counters;
        this.events = events;
        this.session = new Session(client.clientId(), lane, limits, this, clock);
    }

    Session session() {
        return session;
    }

    /** Where its subscriptions are. */
    Mountpoint mountpoint() {
        return mountpoint;
    }

    void cancelTimers() {
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
        if (willTimer != null) {
            willTimer.cancel();
            willTimer = null;
        }
    }

    void cancelJudgement() {
        if (judgement != null) {
            judgement.cancel();
            judgement = null;
        }
    }

    SessionInfo info() {
        return new SessionInfo(
                client,
                session.isConnected(),
                Instant.ofEpochMilli(since),
                expirySeconds,
                session.subscriptions().size(),
                session.inFlight(),
                session.queued());
    }

    @Override
    public void delivered(Session of, Message message) {
        counters.messagesSent.increment();
        if (events.messagesMatter()) {
            events.delivered(client, message);
        }
    }

    @Override
    public void dropped(Session of, Message message, DropReason reason) {
        counters.messagesDropped.increment();
        counters.bounds.dropped.add(reason);
        if (events.messagesMatter()) {
            events.dropped(client, message, reason.code());
        }
    }

    @Override
    public void overflowed(Session of) {
        ClientContext connected = context;
        if (connected != null && !connected.isClosing()) {
            counters.bounds.overflowed.increment();
            Answers.disconnect(connected, ReasonCode.QUOTA_EXCEEDED);
        }
    }
}
