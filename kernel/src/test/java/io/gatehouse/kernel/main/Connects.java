package io.gatehouse.kernel.main;

import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import java.util.List;

/** CONNECT packets of clients whose user name is their client identifier. */
final class Connects {
    private Connects() {}

    static Connect v5(String name) {
        return of(MqttVersion.V5, name);
    }

    static Connect of(MqttVersion version, String name) {
        return new Connect(version, true, 0, name, name, null, null, ConnectProperties.DEFAULTS);
    }

    static Connect withWill(Connect connect, Message will) {
        return new Connect(
                connect.version(),
                connect.cleanStart(),
                connect.keepAliveSeconds(),
                connect.clientId(),
                connect.username(),
                connect.password(),
                new Will(will, 0),
                connect.properties());
    }

    /** Of a client that comes back to the session it left. */
    static Connect resuming(String name) {
        return with(
                name,
                false,
                new ConnectProperties(3600, 65_535, Integer.MAX_VALUE, 0, false, true, List.of(), null, null));
    }

    /** Of a client that wants to be authenticated by a conversation. */
    static Connect withMethod(String name, String method, String data) {
        return with(
                name,
                true,
                new ConnectProperties(
                        0, 65_535, Integer.MAX_VALUE, 0, false, true, List.of(), method, Payload.ofUtf8(data)));
    }

    private static Connect with(String name, boolean cleanStart, ConnectProperties properties) {
        return new Connect(MqttVersion.V5, cleanStart, 0, name, name, null, null, properties);
    }
}
