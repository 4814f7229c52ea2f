package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.broker.BrokerView;
import io.gatehouse.sdk.broker.Statistics;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * What the broker tells about itself under {@code $SYS/broker}, with the names that Mosquitto gave them, which monitoring tools read. All
 * are retained, so that whoever subscribes sees them at once.
 */
@AnyThread
public final class SystemTopics {
    private static final String ROOT = "$SYS/broker/";

    /** How soon it is noticed that somebody switched them on. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final Lane lane;
    private final Publisher publisher;
    private final BrokerView view;
    private final DelayedMessages delayed;
    private final Settings settings;
    private long mostConnections;
    private long mostHeap;

    SystemTopics(Lane lane, Publisher publisher, BrokerView view, DelayedMessages delayed, Settings settings) {
        this.lane = lane;
        this.publisher = publisher;
        this.view = view;
        this.delayed = delayed;
        this.settings = settings;
    }

    /**
     * Tells them from now on, as often as the configuration says at the moment.
     *
     * @param version what {@code $SYS/broker/version} says
     */
    public void start(String version) {
        lane.execute(() -> {
            tell("version", "gatehouse " + version);
            repeat(() -> settings.features().sys().heartbeat(), this::heartbeat);
            repeat(() -> settings.features().sys().interval(), this::statistics);
        });
    }

    @OnLane
    private void repeat(Supplier<Duration> period, Runnable task) {
        Duration now = period.get();
        lane.schedule(now.isZero() ? LOOK_AGAIN : now, () -> repeat(period, task)); // whatever becomes of this round
        if (!now.isZero()) {
            task.run();
        }
    }

    @OnLane
    private void heartbeat() {
        Instant now = Instant.now();
        tell("uptime", Duration.between(view.startedAt(), now).toSeconds() + " seconds");
        tell("datetime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    @OnLane
    private void statistics() {
        Statistics now = view.statistics();
        mostConnections = Math.max(mostConnections, now.connections());
        tell("clients/connected", now.connections());
        tell("clients/disconnected", Math.max(0, now.sessions() - now.connections()));
        tell("clients/total", now.sessions());
        tell("clients/maximum", mostConnections);
        tell("subscriptions/count", now.subscriptions());
        tell("retained messages/count", now.retained());
        tell("messages/received", now.messagesReceived());
        tell("messages/sent", now.messagesSent());
        tell("messages/dropped", now.messagesDropped());
        tell("messages/refused", now.publishesRefused());
        tell("messages/delayed", delayed.waiting());
        tell("publish/messages/received", now.messagesReceived());
        tell("publish/messages/sent", now.messagesSent());
        tell("publish/messages/dropped", now.messagesDropped());
        tell("connects/accepted", now.connectsAccepted());
        tell("connects/refused", now.connectsRefused());
        heap();
    }

    private void heap() {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        mostHeap = Math.max(mostHeap, used);
        tell("heap/current", used);
        tell("heap/maximum", mostHeap);
    }

    private void tell(String name, long number) {
        tell(name, Long.toString(number));
    }

    private void tell(String name, String text) {
        Message message = Message.of(ROOT + name, Payload.ofUtf8(text)).withRetain(true);
        publisher.publish(lane, message, null, _ -> {});
    }
}
