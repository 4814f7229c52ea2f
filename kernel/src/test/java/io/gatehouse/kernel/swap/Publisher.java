package io.gatehouse.kernel.swap;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Publishes to its topic with all qualities of service in turn, numbered for each, and now and then to a topic that is forbidden; looks
 * at every answer. It does not wait for answers before it sends the next, so that what one waits for is seen in all that follow.
 */
final class Publisher implements LoadClient.Handler {
    static final String GAP = "allowed by a gap";
    private static final List<Qos> LEVELS = List.of(Qos.values());
    private static final String NEITHER = "decisions that neither version made";
    private static final int FORBIDDEN_EACH = 10;
    private static final int MOST_IDS = 60_000;

    private record Sent(long nanos, boolean forbidden) {}

    private final LoadClient client;
    private final String topic;
    private final Latencies latencies;
    private final Findings findings;
    private final Map<Integer, Sent> unanswered = new ConcurrentHashMap<>();
    private final AtomicLongArray sent = new AtomicLongArray(Qos.values().length);
    private int turn;

    Publisher(LoadClient client, String topic, Latencies latencies, Findings findings) {
        this.client = client;
        this.topic = topic;
        this.latencies = latencies;
        this.findings = findings;
    }

    /** How many it has sent with this quality of service. */
    long sent(Qos qos) {
        return sent.get(qos.level());
    }

    boolean hasAllAnswers() {
        return unanswered.isEmpty();
    }

    /** Sends the next; called by one thread. */
    void publish() throws IOException {
        turn++;
        if (turn % FORBIDDEN_EACH == 0) {
            send("forbidden/" + topic, Qos.AT_LEAST_ONCE, 0, true);
            return;
        }
        Qos qos = LEVELS.get(turn % LEVELS.size());
        send(topic, qos, sent.incrementAndGet(qos.level()), false);
    }

    private void send(String to, Qos qos, long number, boolean forbidden) throws IOException {
        long now = System.nanoTime();
        int packetId = qos == Qos.AT_MOST_ONCE ? 0 : turn % MOST_IDS + 1;
        if (packetId != 0) {
            unanswered.put(packetId, new Sent(now, forbidden));
        }
        Message message = Message.of(to, Payload.ofUtf8(number + " " + now)).withQos(qos);
        client.send(new Publish(message, false, packetId, 0, List.of()));
    }

    @Override
    public void received(Packet packet) throws IOException {
        switch (packet) {
            case PubAck ack -> {
                judge(ack.packetId(), ack.reason());
                unanswered.remove(ack.packetId());
            }
            case PubRec rec -> {
                judge(rec.packetId(), rec.reason());
                client.send(new PubRel(rec.packetId()));
            }
            case PubComp comp -> unanswered.remove(comp.packetId());
            default -> findings.add("odd packets", client.name() + " got " + packet);
        }
    }

    private void judge(int packetId, ReasonCode reason) {
        Sent message = unanswered.get(packetId);
        if (message == null) {
            findings.add("odd packets", client.name() + " got an answer to " + packetId + " twice");
            return;
        }
        latencies.record(System.nanoTime() - message.nanos());
        if (message.forbidden() && !reason.isFailure()) {
            findings.add(GAP, client.name() + " published to a forbidden topic: " + reason);
        } else if (message.forbidden() != (reason == ReasonCode.NOT_AUTHORIZED)
                || (!message.forbidden() && reason != ReasonCode.SUCCESS)) {
            findings.add(NEITHER, client.name() + " was told " + reason + ", forbidden: " + message.forbidden());
        }
    }
}
