package io.gatehouse.kernel.warmup;

import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Retained messages, at first all of them new; now and then somebody wants to see one, or all. */
final class RetainedScene implements Scene {
    private static final int MORE = 20;
    private static final int DIFFERENT = 2_000;
    private static final int LOOK_AT_ALL = 100;

    private final Stage stage;
    private final MqttVersion version;
    private final Qos qos;
    private final String name;
    private final WarmUpClient publisher;
    private final WarmUpClient subscriber;
    private int plays;
    private int stored;
    private int seen;

    RetainedScene(Stage stage, MqttVersion version, Qos qos) throws IOException {
        this.stage = stage;
        this.version = version;
        this.qos = qos;
        this.name = "retained-" + qos + "-" + version;
        this.publisher = stage.connect(version, name + "-publisher");
        this.subscriber = stage.connect(version, name + "-subscriber");
    }

    @Override
    public void play() throws IOException {
        List<String> topics = IntStream.range(stored, stored + MORE)
                .mapToObj(i -> Topics.of(name, i % DIFFERENT))
                .toList();
        publisher.send(stage.packets().publish(version, Qos.AT_LEAST_ONCE, true, topics));
        stored += MORE;
        stage.await(List.of(publisher), () -> publisher.received(WarmUpClient.PUBACK) >= stored);
        look(Topics.of(name, stored / 2 % DIFFERENT), 1);
        if (++plays % LOOK_AT_ALL == 0) {
            look(name + "/#", Math.min(stored, DIFFERENT));
        }
    }

    private void look(String filter, int messages) throws IOException {
        stage.subscribe(subscriber, version, qos, List.of(filter));
        seen += messages;
        stage.await(List.of(subscriber), () -> subscriber.received(WarmUpClient.PUBLISH) >= seen);
        stage.ask(subscriber, stage.packets().unsubscribe(version, List.of(filter)), WarmUpClient.UNSUBACK);
    }
}
