package io.gatehouse.kernel.transport;

import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Publishes to itself for as long as it lives, and notices when a message is refused, lost, or comes out of order. */
final class GoodClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WireClient client;
    private final String topic;
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean closed;
    private volatile @Nullable Throwable problem;

    GoodClient(WireClient client, String topic) {
        this.client = client;
        this.topic = topic;
    }

    void start() {
        thread.start();
    }

    /** What went wrong, null when nothing did. */
    @Nullable
    Throwable problem() {
        return problem;
    }

    /** Waits until so many more messages have come back. */
    void awaitMore(int messages) {
        int goal = done.get() + messages;
        await().atMost(PATIENCE).until(() -> problem != null || done.get() >= goal);
    }

    private void run() {
        try {
            client.subscribe(topic, Qos.AT_MOST_ONCE);
            while (!closed) {
                publish(Integer.toString(done.get()));
                done.incrementAndGet();
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            problem = closed ? null : e;
        }
    }

    private void publish(String text) throws IOException {
        Message message = Message.of(topic, Payload.ofUtf8(text)).withQos(Qos.AT_LEAST_ONCE);
        client.send(new Publish(message, false, 1, 0, List.of()));
        for (int i = 0; i < 2; i++) {
            Packet packet = client.receive();
            boolean right = switch (packet) {
                case PubAck ack -> !ack.reason().isFailure();
                case Publish publish -> publish.message().payload().asUtf8().equals(text);
                case null, default -> false;
            };
            if (!right) {
                throw new AssertionError("instead of message " + text + " or its acknowledgement came " + packet);
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        client.close();
        thread.join();
    }
}
