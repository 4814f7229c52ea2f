package io.gatehouse.kernel.bench;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/** Waits for what a bench waits for, tells its observer of the progress meanwhile, and adds up the latencies. One thread. */
final class Watch {
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);
    private static final double SECOND = 1e9;

    /** What the progress line shows: the first that was measured. */
    private static final List<Measure> SHOWN = List.of(Measure.DELIVERY, Measure.ACKNOWLEDGEMENT, Measure.CONNECT);

    private final Workforce force;
    private final Clock clock;
    private final Duration interval;
    private final Consumer<Progress> observer;
    private final CountDownLatch stop;
    private final Map<Measure, Histogram> latencies = new EnumMap<>(Measure.class);
    private final long began;
    private Mark line;
    private long nextLine;
    private String phase = "";

    /** What was counted at a point of time. */
    record Mark(Tally tally, long time) {
        /** How many in a second since the other. */
        double rate(Mark before, Count count) {
            return time == before.time ? 0 : tally.since(before.tally, count) * SECOND / (time - before.time);
        }

        double seconds(Mark before) {
            return (time - before.time) / SECOND;
        }
    }

    /**
     * A watch.
     *
     * @param stop ends every wait from then on
     */
    Watch(Workforce force, Clock clock, Duration interval, Consumer<Progress> observer, CountDownLatch stop) {
        this.force = force;
        this.clock = clock;
        this.interval = interval;
        this.observer = observer;
        this.stop = stop;
        this.began = clock.now();
        this.line = new Mark(Tally.ZERO, began);
        this.nextLine = began + interval.toNanos();
    }

    boolean isStopped() {
        return stop.getCount() == 0;
    }

    Mark mark() {
        return new Mark(force.tally(), clock.now());
    }

    /** Waits until it is done, the time has come, or the bench is stopped. */
    Mark until(String name, Predicate<Tally> done, long deadline) {
        return await(name, done, deadline, true);
    }

    /** The same, even when the bench is stopped. */
    Mark untilInAnyCase(String name, Predicate<Tally> done, long deadline) {
        return await(name, done, deadline, false);
    }

    private Mark await(String name, Predicate<Tally> done, long deadline, boolean stoppable) {
        phase = name;
        while (true) {
            Mark now = mark();
            if (done.test(now.tally) || now.time >= deadline || (stoppable && isStopped())) {
                return now;
            }
            if (now.time >= nextLine) {
                tell();
                nextLine = Math.max(nextLine + interval.toNanos(), clock.now());
            }
            pause(Math.min(STEP, deadline - now.time));
        }
    }

    private void pause(long nanos) {
        try {
            if (isStopped() || stop.await(nanos, TimeUnit.NANOSECONDS)) {
                TimeUnit.NANOSECONDS.sleep(nanos); // what must be waited for in any case
            }
        } catch (InterruptedException e) {
            stop.countDown(); // whoever interrupts wants an end
        }
    }

    private void tell() {
        Snapshot snapshot = force.snapshot();
        Snapshot.merge(latencies, snapshot.latencies());
        Mark before = line;
        line = new Mark(snapshot.tally(), clock.now());
        Optional<Measure> shown =
                SHOWN.stream().filter(snapshot.latencies()::containsKey).findFirst();
        observer.accept(new Progress(
                phase,
                (line.time - began) / SECOND,
                snapshot.tally().of(Count.CONNECTED) - snapshot.tally().of(Count.DISCONNECTED),
                line.rate(before, Count.CONNECTED),
                line.rate(before, Count.SENT),
                line.rate(before, Count.RECEIVED),
                shown.map(Measure::word),
                shown.map(snapshot.latencies()::get).map(LatencySummary::of),
                errors(snapshot.tally())));
    }

    private static long errors(Tally tally) {
        long lost = tally.losses().values().stream().mapToLong(Long::longValue).sum();
        return lost
                + tally.of(Count.FAILED)
                + tally.of(Count.REFUSED)
                + tally.of(Count.DUPLICATED)
                + tally.of(Count.OUT_OF_ORDER);
    }

    /** All latencies, from the beginning until now. */
    Map<Measure, Histogram> latencies() {
        Snapshot.merge(latencies, force.snapshot().latencies());
        return latencies;
    }
}
