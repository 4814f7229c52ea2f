package io.gatehouse.kernel.swap;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that come, say one thing and go, every second one with a wrong password. Each on a thread of its own. */
final class Visitors {
    private final InetSocketAddress address;
    private final Marks marks;
    private final Findings findings;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong longest = new AtomicLong();

    Visitors(InetSocketAddress address, Marks marks, Findings findings) {
        this.address = address;
        this.marks = marks;
        this.findings = findings;
    }

    int accepted() {
        return accepted.get();
    }

    int refused() {
        return refused.get();
    }

    boolean areGone() {
        return begun.get() == accepted.get() + refused.get() + findings.count("visitors who failed");
    }

    /** The longest time from CONNECT to CONNACK in milliseconds, since it was asked for last. */
    long takeLongestMillis() {
        return longest.getAndSet(0) / 1_000_000;
    }

    /** One comes; returns at once. */
    void send() {
        int number = begun.getAndIncrement();
        Thread.ofVirtual().start(() -> visit("visitor-" + number, number % 2 == 0));
    }

    private void visit(String name, boolean good) {
        try (LoadClient client = new LoadClient(address, name, findings)) {
            long sent = System.nanoTime();
            ReasonCode answer = client.connect(good ? "right" : "wrong");
            longest.accumulateAndGet(System.nanoTime() - sent, Math::max);
            if (good) {
                judgeGood(client, answer, sent);
                accepted.incrementAndGet();
            } else {
                judgeBad(name, answer, sent);
                refused.incrementAndGet();
            }
        } catch (IOException | RuntimeException e) {
            findings.add("visitors who failed", name + ": " + e);
        }
    }

    private void judgeBad(String name, ReasonCode answer, long sent) {
        switch (answer) {
            case BANNED -> marks.check(GateModule.AUTHENTICATOR, GateModule.ONE, sent);
            case QUOTA_EXCEEDED -> marks.check(GateModule.AUTHENTICATOR, GateModule.TWO, sent);
            case SUCCESS -> findings.add(Publisher.GAP, name + " got in with a wrong password");
            default -> findings.add("decisions that neither version made", name + " was told " + answer);
        }
    }

    /** Its own message tells it which authenticator let it in. */
    private void judgeGood(LoadClient client, ReasonCode answer, long sent) throws IOException {
        if (answer != ReasonCode.SUCCESS) {
            findings.add("decisions that neither version made", client.name() + " was told " + answer);
            return;
        }
        String topic = "visit/" + client.name();
        ReasonCode granted = client.subscribe(topic);
        long published = System.nanoTime();
        Message message = Message.of(topic, Payload.EMPTY).withQos(Qos.AT_LEAST_ONCE);
        client.send(new Publish(message, false, 2, 0, List.of()));
        Packet one = client.next(Packet.class);
        Packet two = client.next(Packet.class);
        if (granted.isFailure() || !(one instanceof PubAck ^ two instanceof PubAck)) {
            findings.add("decisions that neither version made", client.name() + " got " + one + " and " + two);
            return;
        }
        Message received = ((Publish) (one instanceof Publish ? one : two)).message();
        marks.check(received, published);
        received.properties().userProperties().stream()
                .filter(property -> property.name().equals(GateModule.AUTHENTICATOR.moduleName()))
                .map(UserProperty::value)
                .forEach(version -> marks.check(GateModule.AUTHENTICATOR, version, sent));
    }
}
