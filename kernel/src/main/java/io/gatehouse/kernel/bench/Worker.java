package io.gatehouse.kernel.bench;

import io.gatehouse.kernel.packet.Connect;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop with its share of the clients. Everything on its thread, except {@link #execute} and {@link #loop}. */
final class Worker {
    private static final long CONNECT_TIMEOUT = TimeUnit.SECONDS.toNanos(10);
    private static final long RECONNECT = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK = TimeUnit.SECONDS.toNanos(1);

    private final RunContext run;
    private final EventLoop loop;
    private final Connector connector;
    private final Counters counters = new Counters();
    private final LatencyLog latencies = new LatencyLog();
    private final List<BenchClient> clients = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();
    private List<Publisher> allPublishers = List.of();
    private @Nullable Turns turns;
    private boolean over;
    private @Nullable RuntimeException broken;

    // for one round of the loop
    private List<Publisher> toPump = new ArrayList<>();
    private List<BenchClient> toFlush = new ArrayList<>();
    private boolean roundEnds;
    private final Runnable roundEnder;

    Worker(RunContext run, EventLoop loop, Connector connector) {
        this.run = run;
        this.loop = loop;
        this.roundEnder = () -> carefully(this::roundEnd);
        this.connector = connector;
    }

    EventLoop loop() {
        return loop;
    }

    BenchPlan plan() {
        return run.plan();
    }

    int mark() {
        return run.mark();
    }

    long now() {
        return run.clock().now();
    }

    Counters counters() {
        return counters;
    }

    LatencyLog latencies() {
        return latencies;
    }

    Connect connect(String clientId) {
        return run.connect(clientId);
    }

    // ---- phases

    /** Adds a client; before {@link #connectAll}. */
    void add(BenchClient client) {
        clients.add(client);
    }

    /** Adds a client that publishes, in the order of their numbers. */
    void add(BenchClient client, Publisher publisher) {
        clients.add(client);
        publishers.add(publisher);
    }

    void connectAll(long start) {
        connector.begin(clients, start);
        later(this::look, LOOK);
    }

    /**
     * Messages may come from now on, as soon as another worker is told to {@link #publish}.
     *
     * @param everybody the publishers of all workers, by number
     */
    void expect(List<Publisher> everybody, Agenda agenda) {
        allPublishers = everybody;
        latencies.measure(agenda.measureFrom(), agenda.measureUntil());
    }

    /** Everybody begins to publish; all workers {@link #expect} it. */
    void publish(Agenda agenda) {
        long now = now();
        publishers.forEach(publisher -> {
            publisher.begin(agenda.pace(publisher.number(), allPublishers.size()), now);
            publisher.pumpSoon();
        });
        PacedSchedule schedule = agenda.schedule();
        if (schedule != null && !publishers.isEmpty()) {
            turns = new Turns(schedule, publishers, allPublishers.size());
            tick();
        }
    }

    /** Only measures what comes. */
    void listen(long from) {
        latencies.measure(from, Long.MAX_VALUE);
    }

    /** No more than has been sent. */
    void endPublishing() {
        turns = null;
        publishers.forEach(publisher -> publisher.begin(new Pace.Ended(publisher.sent()), now()));
    }

    /** Everybody says good-bye. */
    void leave() {
        over = true;
        turns = null;
        clients.forEach(BenchClient::leave);
    }

    /**
     * What it has counted.
     *
     * @throws IllegalStateException when it has failed itself
     */
    Tally tally() {
        if (broken != null) {
            throw new IllegalStateException("the load tool itself has failed", broken);
        }
        return counters.tally();
    }

    Snapshot snapshot() {
        return new Snapshot(tally(), latencies.take());
    }

    /** How many messages that were due have not been sent. */
    long unsent() {
        return publishers.stream().mapToLong(Publisher::unsent).sum();
    }

    private void tick() {
        Turns present = turns;
        if (present == null) {
            return;
        }
        long wait = present.run(now());
        if (wait >= 0) {
            later(this::tick, wait);
        }
    }

    private void look() {
        if (over) {
            return;
        }
        long now = now();
        clients.forEach(client -> client.look(now, CONNECT_TIMEOUT));
        publishers.forEach(publisher -> publisher.look(now));
        later(this::look, LOOK);
    }

    // ---- what clients say

    /** A client that was connecting is accepted or lost. */
    void answered() {
        connector.answered();
    }

    /** A client that took part lost its connection. */
    void cameApart(BenchClient client) {
        if (run.plan().crew().reconnect() && !over) {
            later(
                    () -> {
                        if (!over) {
                            connector.again(client);
                        }
                    },
                    RECONNECT);
        }
    }

    /** Deliveries of this publisher came. */
    void roomAgain(int publisher) {
        allPublishers.get(publisher).roomAgain();
    }

    /** Runs it on this worker's thread: now when that is the caller's. */
    void execute(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(() -> carefully(task));
        }
    }

    /** Runs it after so many nanoseconds. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is thrown
    private void later(Runnable task, long nanos) {
        loop.schedule(() -> carefully(task), nanos, TimeUnit.NANOSECONDS);
    }

    /** A mistake of this program must not look like a slow broker. */
    private void carefully(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException mistake) {
            if (broken == null) {
                broken = mistake;
            }
        }
    }

    // ---- the end of a round

    /** The publisher looks what it may send when all that was ready has been read; it calls once until then. */
    void pumpLater(Publisher publisher) {
        toPump.add(publisher);
        endRound();
    }

    /** The client is flushed when all that was ready has been read; it calls once until then. */
    void flushLater(BenchClient client) {
        toFlush.add(client);
        endRound();
    }

    private void endRound() {
        if (!roundEnds) {
            roundEnds = true;
            loop.execute(roundEnder);
        }
    }

    private void roundEnd() {
        roundEnds = false;
        long now = now();
        List<Publisher> pumping = toPump;
        toPump = new ArrayList<>(pumping.size());
        pumping.forEach(publisher -> publisher.pump(now));
        List<BenchClient> flushing = toFlush;
        toFlush = new ArrayList<>(flushing.size());
        flushing.forEach(client -> client.flush(now));
    }
}
