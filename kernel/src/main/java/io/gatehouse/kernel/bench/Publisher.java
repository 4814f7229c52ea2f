package io.gatehouse.kernel.bench;

import io.gatehouse.kernel.codec.FrameScanner;
import io.gatehouse.kernel.codec.MalformedPacket;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.ConnAckProperties;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.sdk.mqtt.Qos;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages: when each is due (open loop), or whenever the window has room (closed loop). On the event loop of its worker, except
 * {@link #roomAgain()}.
 */
final class Publisher implements Role {
    private static final int PUBACK = 4;
    private static final int PUBREC = 5;
    private static final int PUBCOMP = 7;
    private static final int PUBREL_FIRST_BYTE = 0x62;
    private static final int FAILURE = 0x80;
    private static final int NOT_FOUND = 0x92;

    /** What a timer, a system call and the work of others may take; a message that leaves later than this is behind schedule. */
    private static final long TOLERANCE = 2_000_000;

    /** A round of the event loop is shared by all publishers. */
    private static final int MOST_IN_A_ROUND = 1_000;

    /** How long deliveries may fail to appear before the publisher goes on without them. */
    private static final long PATIENCE = 2_000_000_000L;

    private final Worker worker;
    private final int number;
    private final int source;
    private final PublishTemplate template;
    private final Qos qos;
    private final int window;
    private final @Nullable Deliveries deliveries;
    private @Nullable Pace pace;

    // for the run
    private long sent;
    private long arrivalsSeen;
    private long progressAt;
    private boolean pumpLater;
    private volatile boolean waiting;

    // for one connection
    private @Nullable BenchClient client;
    private @Nullable InFlight inFlight;

    /**
     * A publisher.
     *
     * @param deliveries what has come of its messages, when it waits for that; null when it does not
     */
    Publisher(Worker worker, int number, PublishTemplate template, @Nullable Deliveries deliveries) {
        this.worker = worker;
        this.number = number;
        this.source = Stamp.source(worker.mark(), number);
        this.template = template;
        this.qos = worker.plan().traffic().qos();
        this.window = worker.plan().traffic().window();
        this.deliveries = deliveries;
    }

    int number() {
        return number;
    }

    /** How many messages it has sent. */
    long sent() {
        return sent;
    }

    /** From now on it sends. */
    void begin(Pace agreed, long now) {
        pace = agreed;
        progressAt = now;
    }

    /** How many messages it may send in all. */
    long limit() {
        return pace == null ? 0 : pace.limit();
    }

    /** How many of them it has not sent. */
    long unsent() {
        return limit() == Long.MAX_VALUE ? 0 : Math.max(0, limit() - sent);
    }

    // ---- sending

    /** Sends what may be sent now. */
    void pump(long now) {
        pumpLater = false;
        Pace agreed = pace;
        BenchClient present = client;
        if (agreed == null || present == null) {
            return;
        }
        for (int i = 0; i < MOST_IN_A_ROUND; i++) {
            if (!agreed.permits(sent, now) || !hasRoom() || !present.isWritable()) {
                return; // what changes that calls again: the schedule, an acknowledgement, a delivery, the network
            }
            send(present, agreed.due(sent, now), now);
        }
        pumpSoon();
    }

    private boolean hasRoom() {
        if (inFlight != null && inFlight.isFull()) {
            return false;
        }
        if (deliveries == null || deliveries.underWay(number, sent) < window) {
            return true;
        }
        waiting = true;
        return deliveries.underWay(number, sent) < window; // one may have come in between
    }

    private void send(BenchClient present, long due, long now) {
        int packetId = inFlight == null ? 0 : inFlight.take(due);
        template.write(present.out(), packetId, due, sent, source);
        present.written();
        sent++;
        worker.counters().add(Count.SENT);
        worker.counters().add(Count.SENT_BYTES, template.size());
        if (now - due > TOLERANCE) {
            worker.counters().behind(now - due);
        }
    }

    /** Sends at the end of the loop's round; its thread only. */
    void pumpSoon() {
        if (!pumpLater) {
            pumpLater = true;
            worker.pumpLater(this);
        }
    }

    /** Deliveries came: any thread may say so. */
    void roomAgain() {
        if (waiting) {
            waiting = false;
            worker.execute(this::pumpSoon);
        }
    }

    /** Once a second: deliveries that are lost must not hold the publisher for ever. */
    void look(long now) {
        if (deliveries == null || pace == null) {
            return;
        }
        long arrivals = deliveries.arrivals(number);
        if (arrivals != arrivalsSeen || deliveries.underWay(number, sent) < window) {
            arrivalsSeen = arrivals;
            progressAt = now;
        } else if (now - progressAt > PATIENCE) {
            deliveries.forgive(number, sent);
            worker.counters().add(Count.STALLS);
            progressAt = now;
            pumpSoon();
        }
    }

    // ---- what the client says

    @Override
    public char letter() {
        return 'p';
    }

    @Override
    public void connected(BenchClient connected, ConnAck answer) {
        ConnAckProperties limits = answer.properties();
        if (qos.compareTo(limits.maximumQos()) > 0) {
            connected.lost("the broker takes no QoS " + qos.level());
        } else if (template.size() > limits.maximumPacketSize()) {
            connected.lost("the broker takes packets of at most " + limits.maximumPacketSize() + " bytes");
        } else {
            client = connected;
            inFlight = qos == Qos.AT_MOST_ONCE ? null : new InFlight(Math.min(window, limits.receiveMaximum()));
            connected.ready();
            pumpSoon();
        }
    }

    @Override
    public void frame(BenchClient from, FrameScanner frame, ByteBuf in, long now) throws MalformedPacket {
        if (frame.type() == FrameScanner.PUBLISH) {
            return; // of a session that was here before
        }
        frame.readAcknowledgement(in);
        int reason = frame.reason(in);
        InFlight present = inFlight;
        if (present == null || !present.knows(frame.packetId())) {
            worker.counters().add(Count.UNEXPECTED);
        } else if (reason >= FAILURE && reason != NOT_FOUND) {
            present.done(frame.packetId());
            worker.counters().add(Count.REFUSED);
            worker.counters().refused("message: " + Reasons.ofCode(reason));
            pumpSoon();
        } else if (frame.type() == PUBREC) {
            Acknowledgements.write(Objects.requireNonNull(client), PUBREL_FIRST_BYTE, frame.packetId());
        } else if (frame.type() == (qos == Qos.EXACTLY_ONCE ? PUBCOMP : PUBACK)) {
            worker.latencies().message(Measure.ACKNOWLEDGEMENT, present.done(frame.packetId()), now);
            worker.counters().add(Count.ACKNOWLEDGED);
            pumpSoon();
        }
    }

    @Override
    public void subscribed(BenchClient from, SubAck answer) {
        // it asked for nothing
    }

    @Override
    public void readComplete() {
        // each acknowledgement has said so itself
    }

    @Override
    public void writable() {
        pumpSoon();
    }

    @Override
    public void gone() {
        client = null;
        if (inFlight != null) {
            worker.counters().add(Count.UNCONFIRMED, inFlight.clear());
        }
    }
}
