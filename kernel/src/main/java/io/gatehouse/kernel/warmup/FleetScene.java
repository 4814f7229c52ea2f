package io.gatehouse.kernel.warmup;

import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many filters of every shape: more and more of them, messages that each select one, and some that go. */
final class FleetScene implements Scene {
    private static final int MORE = 20;
    private static final int MESSAGES = 20;
    private static final int GO = 4;

    private final Stage stage;
    private final MqttVersion version;
    private final String name;
    private final WarmUpClient subscriber;
    private final WarmUpClient publisher;
    private final SplittableRandom random = new SplittableRandom(1);
    private int gone;
    private int devices;
    private int sent;

    FleetScene(Stage stage, MqttVersion version) throws IOException {
        this.stage = stage;
        this.version = version;
        this.name = "fleet-" + version;
        this.subscriber = stage.connect(version, name + "-subscriber");
        this.publisher = stage.connect(version, name + "-publisher");
    }

    @Override
    public void play() throws IOException {
        stage.subscribe(subscriber, version, Qos.AT_MOST_ONCE, names(devices, MORE, i -> Topics.filter(name, i)));
        devices += MORE;
        List<String> topics = names(0, MESSAGES, _ -> Topics.of(name, random.nextInt(gone, devices)));
        publisher.send(stage.packets().publish(version, Qos.AT_MOST_ONCE, false, topics));
        sent += MESSAGES;
        stage.await(List.of(subscriber), () -> subscriber.received(WarmUpClient.PUBLISH) >= sent);
        List<String> less = names(gone, GO, i -> Topics.filter(name, i));
        stage.ask(subscriber, stage.packets().unsubscribe(version, less), WarmUpClient.UNSUBACK);
        gone += GO;
    }

    private static List<String> names(int from, int count, IntFunction<String> name) {
        return IntStream.range(from, from + count).mapToObj(name).toList();
    }
}
