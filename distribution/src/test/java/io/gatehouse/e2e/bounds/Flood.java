package io.gatehouse.e2e.bounds;

import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** One client that publishes, several messages at a time, until the broker takes no more; gives what was acknowledged as taken. */
final class Flood implements Callable<List<String>> {
    private static final int WINDOW = 20;
    private static final int MOST = 200_000;

    private final int port;
    private final String name;
    private final MqttVersion version;
    private final String filler;

    Flood(int port, String name, MqttVersion version, int size) {
        this.port = port;
        this.name = name;
        this.version = version;
        this.filler = " " + "x".repeat(size);
    }

    @Override
    public List<String> call() {
        List<String> taken = new ArrayList<>();
        try (WireClient client = WireClient.connect(port, new ConnectPacket(name).version(version))) {
            int sent = 0;
            for (int acknowledged = 0; acknowledged < MOST; acknowledged++) {
                for (; sent < acknowledged + WINDOW; sent++) {
                    send(client, sent);
                }
                if (client.receive(PubAck.class).reason() == ReasonCode.QUOTA_EXCEEDED) {
                    return taken;
                }
                taken.add(name + " " + acknowledged);
            }
            throw new IllegalStateException("the broker took everything");
        } catch (AssertionError | UncheckedIOException closed) {
            if (version == MqttVersion.V5) {
                throw closed;
            }
            return taken; // an older client is told in no other way
        }
    }

    private void send(WireClient client, int number) {
        int id = 1 + number % 60_000;
        client.send(new Publish(
                WireClient.message("flood", name + " " + number + filler, Qos.AT_LEAST_ONCE), false, id, 0, List.of()));
    }
}
