package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.SessionLimits;
import io.gatehouse.kernel.topic.Mountpoint;
import io.gatehouse.sdk.mqtt.Client;
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
    private final LongSupplier clock;

    SessionRegistry(Counters counters, EventRelay events, Settings settings, LongSupplier clock) {
        this.counters = counters;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    @Nullable
    SessionLife find(String clientId) {
        return lives.get(clientId);
    }

    @OnLane
    SessionLife create(Client client, Mountpoint mountpoint, Lane lane) {
        MqttConfig mqtt = settings.mqtt();
        SessionLimits limits = new SessionLimits(
                mqtt.maxInflight(), mqtt.maxQueue(), mqtt.awaitingRelTimeout().toMillis());
        SessionLife life = new SessionLife(client, mountpoint, lane, limits, counters, events, clock);
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
