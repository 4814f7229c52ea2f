package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.SessionLimits;
import io.gatehouse.kernel.topic.Mountpoint;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** All sessions by client identifier. Each entry is changed by the lane of its client only; any thread may look. */
@AnyThread
final class SessionRegistry {
    private final ConcurrentHashMap<String, SessionLife> lives = new ConcurrentHashMap<>();
    private final Counters counters;
    private final EventRelay events;
    private final Settings settings;
    private final SharedLimits limits;
    private final MemoryPressure memory;
    private final LongSupplier clock;

    SessionRegistry(
            Counters counters, EventRelay events, Settings settings, MemoryPressure memory, LongSupplier clock) {
        this.counters = counters;
        this.events = events;
        this.settings = settings;
        this.memory = memory;
        this.limits = new SharedLimits(settings, memory);
        this.clock = clock;
    }

    @Nullable
    SessionLife find(String clientId) {
        return lives.get(clientId);
    }

    /** Why a client cannot be given a session at this moment, null when it can: one that has a session keeps it. */
    @Nullable
    ReasonCode refusal(String clientId) {
        if (lives.containsKey(clientId)) {
            return null;
        }
        // Lanes do not wait for each other, so there may be one session too many for each.
        ReasonCode reason = lives.size() >= settings.config().bounds().maxSessions()
                ? ReasonCode.QUOTA_EXCEEDED
                : memory.isTight() ? ReasonCode.SERVER_BUSY : null;
        if (reason != null) {
            counters.bounds.sessionsRefused.increment();
        }
        return reason;
    }

    /** The bounds that sessions get at this moment. */
    SessionLimits limits() {
        return limits.current();
    }

    @OnLane
    SessionLife create(Client client, Mountpoint mountpoint, Lane lane) {
        SessionLife life = new SessionLife(client, mountpoint, lane, limits(), counters, events, clock);
        lives.put(client.clientId(), life);
        return life;
    }

    @OnLane
    void remove(SessionLife life) {
        lives.remove(life.session().clientId(), life);
    }

    int size() {
        return lives.size();
    }

    /** All sessions; those that come or go meanwhile may be missing. */
    Collection<SessionLife> all() {
        return Collections.unmodifiableCollection(lives.values());
    }
}
