package io.gatehouse.e2e.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.sdk.mqtt.Qos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that connect, get a message through and go, and the time that it took them to be let in. */
final class GoodClients {
    private static final int AT_ONCE = 4;

    private GoodClients() {}

    /**
     * Lets so many come and go; none may fail.
     *
     * @return the time from the first byte of TCP to the CONNACK that only one in a hundred exceeds
     */
    static Duration p99OfConnect(int port, int count) throws InterruptedException, ExecutionException {
        List<Long> nanos = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = "good-" + i;
                all.add(threads.submit(() -> connect(port, name)));
            }
            for (Future<Long> one : all) {
                nanos.add(one.get());
            }
        }
        nanos.sort(Long::compare);
        return Duration.ofNanos(nanos.get(count * 99 / 100));
    }

    private static long connect(int port, String name) {
        long begin = System.nanoTime();
        try (WireClient client = WireClient.connect(port, new ConnectPacket(name))) {
            long took = System.nanoTime() - begin;
            client.subscribe(name, Qos.AT_MOST_ONCE);
            client.publish(name, "hello", Qos.AT_MOST_ONCE);
            assertThat(client.nextText()).isEqualTo("hello");
            client.disconnect();
            return took;
        }
    }
}
