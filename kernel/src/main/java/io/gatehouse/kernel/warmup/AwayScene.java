package io.gatehouse.kernel.warmup;

import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/** A client that is away while messages come for it, and takes them when it is back. */
final class AwayScene implements Scene {
    private static final int READS = 2;
    private static final int IN_ONE_READ = 20;

    private final Stage stage;
    private final MqttVersion version;
    private final Qos qos;
    private final WarmUpClient publisher;
    private final String clientId;
    private final byte[] messages;
    private int sent;

    AwayScene(Stage stage, MqttVersion version, Qos qos) throws IOException {
        this.stage = stage;
        this.version = version;
        this.qos = qos;
        this.clientId = "away-" + version + "-" + qos;
        this.publisher = stage.connect(version, clientId + "-publisher");
        String topic = Topics.of(clientId, 0);
        this.messages = stage.packets().publish(version, qos, false, Collections.nCopies(IN_ONE_READ, topic));
        WarmUpClient subscriber = stage.resume(version, clientId);
        stage.subscribe(subscriber, version, qos, List.of(topic));
        leave(subscriber);
    }

    @Override
    public void play() throws IOException {
        for (int i = 0; i < READS; i++) {
            publisher.send(messages);
            sent += IN_ONE_READ;
            stage.await(List.of(publisher), () -> publisher.received(lastAnswer()) >= sent);
        }
        WarmUpClient back = stage.resume(version, clientId);
        stage.await(List.of(back), () -> back.received(lastPacket()) >= READS * IN_ONE_READ);
        leave(back);
    }

    private int lastAnswer() {
        return qos == Qos.EXACTLY_ONCE ? WarmUpClient.PUBCOMP : WarmUpClient.PUBACK;
    }

    private int lastPacket() {
        return qos == Qos.EXACTLY_ONCE ? WarmUpClient.PUBREL : WarmUpClient.PUBLISH;
    }

    private void leave(WarmUpClient client) throws IOException {
        client.send(stage.packets().disconnect(version));
        client.cut();
    }
}
