package io.gatehouse.kernel.bench;

import io.gatehouse.kernel.bench.Watch.Mark;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One run of the load tool. */
public final class Bench {
    /** Time for all workers to have their orders before the first message of a schedule is due. */
    private static final long HEAD_START = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Duration LONGEST_REHEARSAL = Duration.ofSeconds(5);
    private static final int MARKS = 256;

    private final BenchPlan plan;
    private final RunContext run;
    private final CountDownLatch stop = new CountDownLatch(1);

    private Bench(BenchPlan plan, RunContext run) {
        this.plan = plan;
        this.run = run;
    }

    /** Looks up hosts and reads files; blocks for that. Nobody connects yet. */
    public static Bench of(BenchPlan plan) throws BenchFailure {
        BenchPlan.Target target = plan.target();
        Clock clock = Clock.ofMachine();
        @Nullable
        TlsClient tls =
                target.tls().isPresent() ? TlsClient.of(target.tls().get(), target.host(), target.port()) : null;
        boolean waits = plan.mode().delivers() && !plan.traffic().open();
        RunContext run = new RunContext(
                plan,
                clock,
                RandomGenerator.getDefault().nextInt(MARKS),
                clock.now(),
                new InetSocketAddress(address(target.host(), "--host"), target.port()),
                sources(target.bindAddresses()),
                Optional.ofNullable(tls),
                waits ? new Deliveries(plan.crew().publishers(), plan.copies()) : null);
        return new Bench(plan, run);
    }

    private static List<InetAddress> sources(List<String> names) throws BenchFailure {
        List<InetAddress> sources = new ArrayList<>();
        for (String name : names) {
            sources.add(address(name, "--bind-address"));
        }
        return List.copyOf(sources);
    }

    private static InetAddress address(String host, String option) throws BenchFailure {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new BenchFailure(option + ": there is no host " + host + ": write a name or address that is known");
        }
    }

    /** Ends the run early: it counts what there is and returns. Any thread, at any time. */
    public void stop() {
        stop.countDown();
    }

    /**
     * Does it, once. Blocks until it is over.
     *
     * @param observer told every interval, on this thread
     */
    public BenchReport run(Consumer<Progress> observer) {
        rehearse();
        try (Workforce force = Workforce.start(run)) {
            Watch watch = new Watch(force, run.clock(), plan.timing().interval(), observer, stop);
            BenchReport report = run(force, watch);
            force.leave();
            return report;
        }
    }

    /** A few connections that do not count: the first ones load this program's classes, and would measure that. */
    private void rehearse() {
        RunContext rehearsal = run.with(plan.rehearsal());
        try (Workforce force = Workforce.start(rehearsal)) {
            Watch watch = new Watch(force, run.clock(), LONGEST_REHEARSAL, progress -> {}, stop);
            force.connectAll();
            int clients = rehearsal.plan().crew().clients();
            long deadline = run.clock().now() + LONGEST_REHEARSAL.toNanos();
            watch.until("rehearsing", tally -> tally.of(Count.SETTLED) >= clients, deadline);
            force.leave();
        }
    }

    private BenchReport run(Workforce force, Watch watch) {
        Mark begin = watch.mark();
        force.connectAll();
        Mark connected = watch.until("connecting", this::isSettled, Long.MAX_VALUE);
        ReportMaker report = new ReportMaker(plan, begin, connected);
        boolean incomplete = connected.tally().of(Count.FAILED) > 0 && plan.mode() != Mode.CONNECT;
        if (incomplete || watch.isStopped()) {
            return report.make(force, watch, incomplete ? "aborted" : "interrupted", connected, connected);
        }
        return switch (plan.mode()) {
            case CONNECT -> hold(force, watch, report, connected);
            case SUB -> listen(force, watch, report);
            case PUB, PAIRS, FAN_IN, FAN_OUT -> publish(force, watch, report);
        };
    }

    private boolean isSettled(Tally tally) {
        boolean cannotGoOn = tally.of(Count.FAILED) > 0 && plan.mode() != Mode.CONNECT;
        return cannotGoOn || tally.of(Count.SETTLED) >= plan.crew().clients();
    }

    private BenchReport hold(Workforce force, Watch watch, ReportMaker report, Mark connected) {
        Duration time = plan.timing().duration().orElse(Duration.ZERO);
        Mark end = watch.until("holding", tally -> false, connected.time() + time.toNanos());
        return report.make(force, watch, ended(watch), connected, end);
    }

    private BenchReport listen(Workforce force, Watch watch, ReportMaker report) {
        long start = run.clock().now();
        long from = start + plan.timing().warmUp().toNanos();
        long end = plan.timing().duration().map(time -> from + time.toNanos()).orElse(Long.MAX_VALUE);
        force.listen(from);
        Predicate<Tally> complete =
                tally -> tally.of(Count.RECEIVED) >= plan.traffic().messages();
        Mark measureFrom = watch.until("warming up", complete, from);
        Mark measureUntil = watch.until("measuring", complete, end);
        return report.make(force, watch, ended(watch), measureFrom, measureUntil);
    }

    private BenchReport publish(Workforce force, Watch watch, ReportMaker report) {
        Agenda agenda = Agenda.of(plan, run.clock().now() + (plan.traffic().open() ? HEAD_START : 0));
        force.publish(agenda);
        Predicate<Tally> complete =
                tally -> tally.of(Count.SENT) >= plan.traffic().messages();
        Mark from = watch.until("warming up", complete, agenda.measureFrom());
        Mark until = watch.until("measuring", complete, agenda.measureUntil());
        boolean interrupted = watch.isStopped();
        if (interrupted || !plan.traffic().open()) {
            force.endPublishing();
        }
        // In an open loop, what was due and could not be sent yet is sent now: it belongs to the measurement.
        watch.untilInAnyCase(
                "draining",
                tally -> (interrupted || agenda.isThrough(tally.of(Count.SENT))) && nothingUnderWay(tally),
                run.clock().now() + plan.timing().drain().toNanos());
        return report.make(force, watch, interrupted ? "interrupted" : "completed", from, until);
    }

    private boolean nothingUnderWay(Tally tally) {
        long open = plan.traffic().qos().level() == 0
                ? 0
                : tally.of(Count.SENT)
                        - tally.of(Count.ACKNOWLEDGED)
                        - tally.of(Count.REFUSED)
                        - tally.of(Count.UNCONFIRMED);
        return open <= 0 && tally.delivered() >= ReportMaker.expected(plan, tally);
    }

    private static String ended(Watch watch) {
        return watch.isStopped() ? "interrupted" : "completed";
    }
}
