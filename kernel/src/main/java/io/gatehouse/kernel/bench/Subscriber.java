package io.gatehouse.kernel.bench;

import io.gatehouse.kernel.codec.FrameScanner;
import io.gatehouse.kernel.codec.MalformedPacket;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Subscribes, counts what comes, and acknowledges it. On the event loop of its worker. */
final class Subscriber implements Role {
    private static final int PUBREL = 6;
    private static final int PUBACK_FIRST_BYTE = 0x40;
    private static final int PUBREC_FIRST_BYTE = 0x50;
    private static final int PUBCOMP_FIRST_BYTE = 0x70;
    private static final int NOBODY = -1;

    private final Worker worker;
    private final Arrivals arrivals;
    private final String filter;
    private final Qos qos;
    private final boolean v5;
    private @Nullable BitSet unreleased;
    private int lastArrival = NOBODY;

    Subscriber(Worker worker, Arrivals arrivals, String filter) {
        this.worker = worker;
        this.arrivals = arrivals;
        this.filter = filter;
        this.qos = worker.plan().traffic().qos();
        this.v5 = worker.plan().identity().version() == MqttVersion.V5;
    }

    @Override
    public char letter() {
        return 's';
    }

    @Override
    public void connected(BenchClient client, ConnAck answer) {
        if (!answer.sessionPresent()) {
            unreleased = null;
        }
        client.send(new Subscribe(1, List.of(Subscription.of(filter, qos)), 0, List.of()));
    }

    @Override
    public void subscribed(BenchClient client, SubAck answer) {
        for (ReasonCode reason : answer.reasons()) {
            if (reason.isFailure()) {
                client.lost("subscription refused: " + Reasons.of(reason));
                return;
            }
        }
        client.ready();
    }

    @Override
    public void frame(BenchClient client, FrameScanner frame, ByteBuf in, long now) throws MalformedPacket {
        if (frame.type() == FrameScanner.PUBLISH) {
            publish(client, frame, in, now);
        } else if (frame.type() == PUBREL) {
            frame.readAcknowledgement(in);
            if (unreleased != null) {
                unreleased.clear(frame.packetId());
            }
            Acknowledgements.write(client, PUBCOMP_FIRST_BYTE, frame.packetId());
        }
    }

    private void publish(BenchClient client, FrameScanner frame, ByteBuf in, long now) throws MalformedPacket {
        frame.readPublish(in, v5);
        switch (frame.qos()) {
            case 0 -> arrived(frame, in, now);
            case 1 -> {
                arrived(frame, in, now);
                Acknowledgements.write(client, PUBACK_FIRST_BYTE, frame.packetId());
            }
            default -> {
                if (isFirst(frame.packetId())) {
                    arrived(frame, in, now);
                }
                Acknowledgements.write(client, PUBREC_FIRST_BYTE, frame.packetId());
            }
        }
    }

    /** A PUBLISH of QoS 2 may come again until it is released: it is the same message then. */
    private boolean isFirst(int packetId) {
        BitSet known = unreleased;
        if (known == null) {
            known = new BitSet();
            unreleased = known;
        }
        boolean first = !known.get(packetId);
        known.set(packetId);
        return first;
    }

    private void arrived(FrameScanner frame, ByteBuf in, long now) {
        int publisher = arrivals.message(frame, in, now);
        if (publisher != lastArrival) {
            readComplete();
            lastArrival = publisher;
        }
    }

    @Override
    public void readComplete() {
        if (lastArrival != NOBODY) {
            worker.roomAgain(lastArrival);
            lastArrival = NOBODY;
        }
    }

    @Override
    public void writable() {
        // acknowledgements do not wait
    }

    @Override
    public void gone() {
        // what was not acknowledged comes again
    }
}
