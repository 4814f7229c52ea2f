package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.config.AuthorizationConfig;
import io.gatehouse.kernel.config.FeaturesConfig;
import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.session.AnyThread;

/** The configuration in force: replaced as a whole when the files change, read wherever a limit is needed. */
@AnyThread
public final class Settings {
    private volatile GatehouseConfig config;

    /** Begins with this configuration. */
    public Settings(GatehouseConfig config) {
        this.config = config;
    }

    /** The whole of it. */
    public GatehouseConfig config() {
        return config;
    }

    /** Puts another configuration into force. Limits of connections that exist stay as they were announced to the client. */
    public void replace(GatehouseConfig replacement) {
        config = replacement;
    }

    MqttConfig mqtt() {
        return config.mqtt();
    }

    AuthorizationConfig authorization() {
        return config.authorization();
    }

    FeaturesConfig features() {
        return config.features();
    }
}
