package io.gatehouse.kernel.warmup;

import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** One publishes, one receives: sometimes one message, sometimes many at once, sometimes one that comes in two parts. */
final class PairScene implements Scene {
    private static final int MANY = 16;

    private final Stage stage;
    private final Qos qos;
    private final WarmUpClient publisher;
    private final WarmUpClient subscriber;
    private final List<WarmUpClient> both;
    private final byte[] one;
    private final byte[] many;
    private final byte[] begin;
    private final byte[] rest;
    private int sent;

    PairScene(Stage stage, MqttVersion version, Qos qos) throws IOException {
        String name = "pair-" + version + "-" + qos;
        String topic = Topics.of(name, 0);
        this.stage = stage;
        this.qos = qos;
        this.publisher = stage.connect(version, name + "-publisher");
        this.subscriber = stage.connect(version, name + "-subscriber");
        this.both = List.of(publisher, subscriber);
        stage.subscribe(subscriber, version, qos, List.of(topic));
        this.one = stage.packets().publish(version, qos, false, List.of(topic));
        this.many = stage.packets().publish(version, qos, false, Collections.nCopies(MANY, topic));
        this.begin = Arrays.copyOf(many, many.length - one.length / 2);
        this.rest = Arrays.copyOfRange(many, begin.length, many.length);
    }

    @Override
    public void play() throws IOException {
        publisher.send(one);
        settle(1);
        publisher.send(many);
        settle(MANY);
        publisher.send(begin);
        // The rest is another read then; and the publisher must not answer in the middle of a packet.
        awaitDelivery(sent + MANY - 1);
        publisher.send(rest);
        settle(MANY);
    }

    private void settle(int more) throws IOException {
        sent += more;
        stage.await(both, this::isSettled);
    }

    private void awaitDelivery(int messages) throws IOException {
        stage.await(List.of(subscriber), () -> subscriber.received(WarmUpClient.PUBLISH) >= messages);
    }

    private boolean isSettled() {
        return subscriber.received(WarmUpClient.PUBLISH) >= sent
                && switch (qos) {
                    case AT_MOST_ONCE -> true;
                    case AT_LEAST_ONCE -> publisher.received(WarmUpClient.PUBACK) >= sent;
                    case EXACTLY_ONCE ->
                        publisher.received(WarmUpClient.PUBCOMP) >= sent
                                && subscriber.received(WarmUpClient.PUBREL) >= sent;
                };
    }
}
