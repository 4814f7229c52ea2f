package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.session.PacketSink;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.ArrayList;
import java.util.List;

/** A connection as a session sees it, which remembers what was sent as short text. */
public final class RecordingSink implements PacketSink {
    private final List<String> sent = new ArrayList<>();

    /** What becomes of the next messages. */
    public Outcome outcome = Outcome.SENT;

    /** What was sent since the last call: {@code payload/qos/id}, with {@code dup} and {@code retain}, or the packet's name and id. */
    public List<String> take() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    @Override
    public Outcome publish(
            Publication publication,
            Qos qos,
            boolean retain,
            List<Integer> subscriptionIds,
            int packetId,
            boolean dup) {
        if (outcome == Outcome.SENT) {
            sent.add(publication.message().payload().asUtf8() + "/" + qos.level() + "/" + packetId + (dup ? " dup" : "")
                    + (retain ? " retain" : ""));
        }
        return outcome;
    }

    @Override
    public void send(Packet packet) {
        sent.add(
                switch (packet) {
                    case PubRel rel ->
                        "PUBREL " + rel.packetId() + (rel.reason().isFailure() ? " " + rel.reason() : "");
                    case PubComp comp ->
                        "PUBCOMP " + comp.packetId() + (comp.reason().isFailure() ? " " + comp.reason() : "");
                    default -> packet.toString();
                });
    }
}
