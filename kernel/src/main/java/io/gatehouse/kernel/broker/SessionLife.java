package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.broker.SessionInfo;
import io.gatehouse.sdk.mqtt.Client;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session from its first connection to its end, with or without a client at the moment. Its fields change on its lane; what a
 * {@link SessionInfo} shows may be read by any thread and is then a moment old.
 */
@OnLane
final class SessionLife {
    private final Session session;
    volatile Client client;
    volatile long expirySeconds;
    volatile Instant since;

    /** The connection, null while there is none. */
    volatile @Nullable ClientContext context;

    /** The rules that the authenticator gave the latest connection. */
    List<AclRule> acl = List.of();

    /** Runs while there is no connection. */
    Lane.@Nullable Timer expiry;

    /** A will whose delay has not passed yet (MQTT 5.0 section 3.1.3.2.2). */
    @Nullable DelayedWill delayedWill;

    Lane.@Nullable Timer willTimer;

    SessionLife(Session session, Client client, Instant since) {
        this.session = session;
        this.client = client;
        this.since = since;
    }

    Session session() {
        return session;
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

    SessionInfo info() {
        return new SessionInfo(
                client,
                session.isConnected(),
                since,
                expirySeconds,
                session.subscriptions().size(),
                session.inFlight(),
                session.queued());
    }
}
