package io.gatehouse.kernel.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Five hundred clients: publishers, three subscribers for each, one who asks for rules, and those who wait for what is forbidden. */
final class Load implements AutoCloseable {
    private static final int PUBLISHERS = 100;
    private static final int SUBSCRIBERS_EACH = 3;
    private static final int WATCHERS = 99;
    private static final long PUBLISH_NANOS = TimeUnit.SECONDS.toNanos(1) / 13;
    private static final long VISIT_NANOS = TimeUnit.SECONDS.toNanos(1) / 25;
    private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(1) / 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final InetSocketAddress address;
    private final Findings findings;
    private final List<LoadClient> clients = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<List<Subscriber>> subscribers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Visitors visitors;
    private long started;
    private volatile boolean over;

    /** Connects them all. */
    Load(InetSocketAddress address, Marks marks, Latencies latencies, Findings findings) throws IOException {
        this.address = address;
        this.findings = findings;
        this.visitors = new Visitors(address, marks, findings);
        for (int i = 0; i < PUBLISHERS; i++) {
            String topic = "load/" + i;
            List<Subscriber> mine = new ArrayList<>();
            for (int k = 0; k < SUBSCRIBERS_EACH; k++) {
                LoadClient client = subscribed("subscriber-" + i + "-" + k, topic);
                Subscriber subscriber = new Subscriber(client, marks, findings);
                client.listen(subscriber);
                mine.add(subscriber);
            }
            subscribers.add(mine);
            LoadClient client = connected("publisher-" + i);
            Publisher publisher = new Publisher(client, topic, latencies, findings);
            client.listen(publisher);
            publishers.add(publisher);
        }
        for (int i = 0; i < WATCHERS; i++) {
            LoadClient watcher = subscribed("watcher-" + i, "forbidden/#");
            watcher.listen(packet -> findings.add(Publisher.GAP, "a watcher got " + packet));
        }
        RuleProbe probe = new RuleProbe(connected("probe"), marks);
        repeat("probe", ASK_NANOS, probe::ask);
        repeat("visitors", VISIT_NANOS, visitors::send);
        publishers.forEach(publisher -> repeat("publisher", PUBLISH_NANOS, publisher::publish));
    }

    Visitors visitors() {
        return visitors;
    }

    int clients() {
        return clients.size();
    }

    /** How many messages were sent that are permitted. */
    long sent() {
        return publishers.stream()
                .mapToLong(publisher -> publisher.sent(Qos.AT_MOST_ONCE)
                        + publisher.sent(Qos.AT_LEAST_ONCE)
                        + publisher.sent(Qos.EXACTLY_ONCE))
                .sum();
    }

    void start() {
        started = System.nanoTime();
        threads.forEach(Thread::start);
    }

    /** How long it has gone on, in seconds. */
    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    /** Stops to send and waits until all has arrived; what has not after a while is lost. */
    void finish() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        await().atMost(PATIENCE).until(() -> publishers.stream().allMatch(Publisher::hasAllAnswers));
        await().atMost(PATIENCE).until(visitors::areGone);
        await().atMost(PATIENCE).untilAsserted(this::assertAllArrived);
    }

    private void assertAllArrived() {
        for (int i = 0; i < PUBLISHERS; i++) {
            Publisher publisher = publishers.get(i);
            for (Subscriber subscriber : subscribers.get(i)) {
                assertThat(subscriber.last(Qos.AT_LEAST_ONCE)).isEqualTo(publisher.sent(Qos.AT_LEAST_ONCE));
                assertThat(subscriber.last(Qos.EXACTLY_ONCE)).isEqualTo(publisher.sent(Qos.EXACTLY_ONCE));
            }
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void repeat(String name, long nanos, Step step) {
        threads.add(Thread.ofVirtual().name(name).unstarted(() -> {
            long next = System.nanoTime();
            while (!over) {
                try {
                    step.run();
                } catch (IOException e) {
                    findings.add(LoadClient.DISCONNECTED, name + ": " + e);
                    return;
                }
                next += nanos;
                LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
            }
        }));
    }

    private LoadClient connected(String name) throws IOException {
        LoadClient client = new LoadClient(address, name, findings);
        clients.add(client);
        assertThat(client.connect("right")).isEqualTo(ReasonCode.SUCCESS);
        return client;
    }

    private LoadClient subscribed(String name, String filter) throws IOException {
        LoadClient client = connected(name);
        assertThat(client.subscribe(filter)).isEqualTo(ReasonCode.GRANTED_QOS_2);
        return client;
    }

    @Override
    public void close() throws IOException {
        over = true;
        for (LoadClient client : clients) {
            client.close();
        }
    }
}
