package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.broker.Settings;
import io.gatehouse.kernel.codec.DecoderLimits;
import io.gatehouse.kernel.config.BoundsConfig;
import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.session.AnyThread;

/** What a new connection's decoder takes, as the configuration has it, made once for all connections under the same configuration. */
@AnyThread
final class DecoderBounds {
    private final Settings settings;
    private volatile Made latest;

    private record Made(GatehouseConfig from, DecoderLimits limits) {}

    DecoderBounds(Settings settings) {
        this.settings = settings;
        this.latest = make(settings.config());
    }

    @SuppressWarnings("ReferenceEquality") // a configuration is replaced as a whole
    DecoderLimits current() {
        GatehouseConfig config = settings.config();
        Made made = latest;
        if (made.from() != config) {
            made = make(config);
            latest = made;
        }
        return made.limits();
    }

    private static Made make(GatehouseConfig config) {
        BoundsConfig bounds = config.bounds();
        return new Made(
                config,
                new DecoderLimits(
                        config.mqtt().maxPacketSize(),
                        bounds.maxConnectSize(),
                        bounds.maxUserProperties(),
                        bounds.maxUserPropertiesSize()));
    }
}
