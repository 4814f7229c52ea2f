package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.session.PacketSink;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Checks the numbers of the messages that arrive, written as {@code publisher number}, and acknowledges those that want it. Any thread. */
final class SequenceSink {
    private final BitSet[] seen;
    private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private boolean shared;

    SequenceSink(int publishers) {
        seen = new BitSet[publishers];
        for (int i = 0; i < publishers; i++) {
            seen[i] = new BitSet();
        }
    }

    /**
     * From now on it is the sink of several members of a shared subscription: messages may come in any order, and one with QoS 1 that a
     * member had not acknowledged when it left comes again to another.
     */
    synchronized SequenceSink shared() {
        shared = true;
        return this;
    }

    /** How many different messages came. */
    int count() {
        return count.get();
    }

    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    private synchronized void take(String text, boolean acknowledged) {
        int space = text.indexOf(' ');
        BitSet publisher = seen[Integer.parseInt(text.substring(0, space))];
        int number = Integer.parseInt(text.substring(space + 1));
        if (publisher.get(number)) {
            if (!shared || !acknowledged) {
                mistakes.add("twice: " + text);
            }
            return;
        }
        if (!shared && number != publisher.cardinality()) {
            mistakes.add("out of order: " + text);
        }
        publisher.set(number);
        count.incrementAndGet();
    }

    /** The connection of this session. */
    PacketSink of(Session session) {
        return new PacketSink() {
            @Override
            public Outcome publish(
                    Publication publication,
                    Qos qos,
                    boolean retain,
                    List<Integer> subscriptionIds,
                    int packetId,
                    boolean dup) {
                take(publication.message().payload().asUtf8(), packetId != 0);
                if (packetId != 0) {
                    session.lane().execute(() -> session.acknowledged(packetId));
                }
                return Outcome.SENT;
            }

            @Override
            public void send(Packet packet) {}
        };
    }
}
