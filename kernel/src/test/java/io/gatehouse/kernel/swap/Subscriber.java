package io.gatehouse.kernel.swap;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLongArray;

/** Gets everything of one publisher, each once and in order, and each with the marks of the interceptors. */
final class Subscriber implements LoadClient.Handler {
    private final LoadClient client;
    private final Marks marks;
    private final Findings findings;
    private final AtomicLongArray last = new AtomicLongArray(Qos.values().length);

    Subscriber(LoadClient client, Marks marks, Findings findings) {
        this.client = client;
        this.marks = marks;
        this.findings = findings;
    }

    /** The number of the last message of this quality of service. */
    long last(Qos qos) {
        return last.get(qos.level());
    }

    @Override
    public void received(Packet packet) throws IOException {
        switch (packet) {
            case Publish publish -> {
                check(publish.message());
                acknowledge(publish);
            }
            case PubRel rel -> client.send(new PubComp(rel.packetId()));
            default -> findings.add("odd packets", client.name() + " got " + packet);
        }
    }

    private void acknowledge(Publish publish) throws IOException {
        switch (publish.message().qos()) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE -> client.send(new PubAck(publish.packetId()));
            case EXACTLY_ONCE -> client.send(new PubRec(publish.packetId()));
        }
    }

    private void check(Message message) {
        String[] words = message.payload().asUtf8().split(" ", 2);
        long number = Long.parseLong(words[0]);
        long before = last.getAndSet(message.qos().level(), number);
        if (number <= before) {
            findings.add("duplicated messages", client.name() + ": " + message.qos() + " " + number);
        } else if (number != before + 1 && message.qos() != Qos.AT_MOST_ONCE) {
            findings.add("lost messages", client.name() + ": " + message.qos() + " " + number + " after " + before);
        }
        marks.check(message, Long.parseLong(words[1]));
    }
}
