package io.gatehouse.kernel.security;

import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.MqttVersion;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** Clients and what they ask for. */
final class Requests {
    private Requests() {}

    static Client client(boolean superuser) {
        return new Client(
                "claimed-id",
                "claimed-name",
                MqttVersion.V5,
                InetSocketAddress.createUnresolved("192.0.2.1", 40_000),
                "tcp.default",
                List.of(),
                Map.of("before", "authentication"),
                superuser);
    }

    static ConnectRequest connect() {
        return new ConnectRequest(client(false), null, true, 0, null, List.of());
    }
}
