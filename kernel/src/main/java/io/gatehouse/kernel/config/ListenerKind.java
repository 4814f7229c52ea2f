package io.gatehouse.kernel.config;

import java.util.Locale;

/** What a listener speaks below MQTT. */
public enum ListenerKind {
    /** MQTT straight over TCP. */
    TCP,

    /** MQTT in WebSocket frames over TCP. */
    WS;

    /** The word in the configuration and in the names of listeners. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
