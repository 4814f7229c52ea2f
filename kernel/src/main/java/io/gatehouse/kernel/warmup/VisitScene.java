package io.gatehouse.kernel.warmup;

import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Clients that come, subscribe, ping and go, with a farewell or without; now and then others take their places. */
final class VisitScene implements Scene {
    private static final int VISITORS = 8;
    private static final int PINGS = 2;

    private final Stage stage;
    private final MqttVersion version;
    private final List<String> names;
    private final byte[] ping;
    private int visits;

    VisitScene(Stage stage, MqttVersion version) {
        this.stage = stage;
        this.version = version;
        this.names = IntStream.range(0, VISITORS)
                .mapToObj(i -> "visitor-" + version + "-" + i)
                .toList();
        this.ping = stage.packets().ping(version);
    }

    @Override
    public void play() throws IOException {
        visits++;
        List<WarmUpClient> clients = stage.connect(version, names);
        if (visits % 8 == 0) {
            cut(clients);
            clients = stage.connect(version, names);
        }
        List<String> filters = List.of(Topics.of("visit", visits));
        stage.ask(clients, stage.packets().subscribe(version, Qos.AT_LEAST_ONCE, filters), WarmUpClient.SUBACK);
        for (int i = 0; i < PINGS; i++) {
            stage.ask(clients, ping, WarmUpClient.PINGRESP);
        }
        if ((visits & 1) == 0) {
            stage.ask(clients, stage.packets().unsubscribe(version, filters), WarmUpClient.UNSUBACK);
            for (WarmUpClient client : clients) {
                client.send(stage.packets().disconnect(version));
            }
        }
        cut(clients);
    }

    private static void cut(List<WarmUpClient> clients) throws IOException {
        for (WarmUpClient client : clients) {
            client.cut();
        }
    }
}
