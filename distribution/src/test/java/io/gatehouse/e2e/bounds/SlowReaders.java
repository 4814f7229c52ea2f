package io.gatehouse.e2e.bounds;

import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that subscribe and never read, with somebody who publishes to them all the time. */
final class SlowReaders implements AutoCloseable {
    private static final String TOPIC = "slow";
    private static final int SIZE = 16 * 1024;

    private final List<WireClient> readers = new ArrayList<>();
    private final WireClient publisher;
    private final Thread flood;
    private volatile boolean over;
    private final AtomicInteger published = new AtomicInteger();

    SlowReaders(int port, int count) {
        for (int i = 0; i < count; i++) {
            readers.add(WireClient.connect(port, new ConnectPacket("slow-" + i)).subscribe(TOPIC, Qos.AT_MOST_ONCE));
        }
        publisher = WireClient.connect(port, new ConnectPacket("slow-publisher"));
        flood = Thread.ofPlatform().daemon().name("flood").start(this::publish);
    }

    private void publish() {
        Message message = WireClient.message(TOPIC, "x".repeat(SIZE), Qos.AT_LEAST_ONCE);
        while (!over) {
            publisher.send(new Publish(message, false, 1, 0, List.of())).receive(PubAck.class);
            published.incrementAndGet();
        }
    }

    /** How many messages each of them was sent, or should have been. */
    int published() {
        return published.get();
    }

    boolean isRunning() {
        return flood.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        flood.join();
        publisher.close();
        readers.forEach(WireClient::close);
    }
}
