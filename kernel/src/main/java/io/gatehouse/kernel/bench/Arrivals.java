package io.gatehouse.kernel.bench;

import io.gatehouse.kernel.codec.FrameScanner;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;

/** Looks at the messages that one subscriber gets: whose they are, how old, and whether one is missing. One thread. */
final class Arrivals {
    /** Returned for a message that frees nobody's window. */
    static final int NOBODY = -1;

    /** A stamp of another process is believed when it is at most this old. */
    private static final long OLDEST = TimeUnit.HOURS.toNanos(1);

    private final RunContext run;
    private final Counters counters;
    private final LatencyLog latencies;
    private final boolean ownOnly;
    private final Sequences sequences = new Sequences();

    Arrivals(RunContext run, Counters counters, LatencyLog latencies) {
        this.run = run;
        this.counters = counters;
        this.latencies = latencies;
        this.ownOnly = run.plan().mode().delivers();
    }

    /** Counts one; the publisher whose window it frees, or {@link #NOBODY}. */
    int message(FrameScanner frame, ByteBuf in, long now) {
        int stamp = frame.payload();
        if (frame.payloadLength() < Stamp.SIZE || !isOurs(in, stamp, now)) {
            counters.add(Count.FOREIGN);
            if (!ownOnly) {
                received(frame);
            }
            return NOBODY;
        }
        received(frame);
        latencies.message(Measure.DELIVERY, Stamp.time(in, stamp), now);
        int source = Stamp.source(in, stamp);
        long gapsBefore = sequences.gaps();
        Sequences.Verdict verdict = sequences.accept(source, Stamp.sequence(in, stamp));
        counters.add(Count.GAPS, sequences.gaps() - gapsBefore);
        switch (verdict) {
            case IN_ORDER -> {
                // as it should be
            }
            case LATE -> counters.add(Count.OUT_OF_ORDER);
            case DUPLICATE -> {
                counters.add(Count.DUPLICATED);
                return NOBODY;
            }
        }
        Deliveries deliveries = run.deliveries();
        if (deliveries == null) {
            return NOBODY;
        }
        deliveries.arrived(Stamp.publisher(source));
        return Stamp.publisher(source);
    }

    private void received(FrameScanner frame) {
        counters.add(Count.RECEIVED);
        counters.add(Count.RECEIVED_BYTES, frame.size());
    }

    private boolean isOurs(ByteBuf in, int stamp, long now) {
        long time = Stamp.time(in, stamp);
        if (!ownOnly) {
            return time > now - OLDEST && time < now + OLDEST;
        }
        int source = Stamp.source(in, stamp);
        return time >= run.began()
                && time <= now
                && Stamp.mark(source) == run.mark()
                && Stamp.publisher(source) < run.plan().crew().publishers();
    }
}
