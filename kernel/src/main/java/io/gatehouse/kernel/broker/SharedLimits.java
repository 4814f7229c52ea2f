package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.config.BoundsConfig;
import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.SessionLimits;

/** The bounds of sessions as the configuration has them, made once for all sessions that begin under the same configuration. */
@AnyThread
final class SharedLimits {
    private final Settings settings;
    private final MemoryPressure memory;
    private volatile Made latest;

    private record Made(GatehouseConfig from, SessionLimits limits) {}

    SharedLimits(Settings settings, MemoryPressure memory) {
        this.settings = settings;
        this.memory = memory;
        this.latest = make(settings.config(), memory);
    }

    @SuppressWarnings("ReferenceEquality") // a configuration is replaced as a whole
    SessionLimits current() {
        GatehouseConfig config = settings.config();
        Made made = latest;
        if (made.from() != config) {
            made = make(config, memory);
            latest = made;
        }
        return made.limits();
    }

    private static Made make(GatehouseConfig config, MemoryPressure memory) {
        MqttConfig mqtt = config.mqtt();
        BoundsConfig bounds = config.bounds();
        return new Made(
                config,
                new SessionLimits(
                        mqtt.maxInflight(),
                        mqtt.maxQueue(),
                        bounds.maxQueueSize(),
                        bounds.queueOverflow(),
                        mqtt.awaitingRelTimeout().toMillis(),
                        memory));
    }
}
