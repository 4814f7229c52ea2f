package io.gatehouse.kernel.bench;

import io.gatehouse.kernel.bench.Watch.Mark;
import io.gatehouse.sdk.mqtt.MqttVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the report together. */
final class ReportMaker {
    private static final double MILLISECOND = 1e6;
    private static final double NANOS = 1e9;

    private final BenchPlan plan;
    private final Mark begin;
    private final Mark connected;

    /**
     * A maker.
     *
     * @param begin before the first client connected
     * @param connected after the last one had
     */
    ReportMaker(BenchPlan plan, Mark begin, Mark connected) {
        this.plan = plan;
        this.begin = begin;
        this.connected = connected;
    }

    /** How many deliveries there should have been; 0 when this process sees none of its own. */
    static long expected(BenchPlan plan, Tally tally) {
        return plan.mode().delivers() ? (tally.of(Count.SENT) - tally.of(Count.REFUSED)) * plan.copies() : 0;
    }

    /** The report of what was measured between two marks, and of all that was counted until now. */
    BenchReport make(Workforce force, Watch watch, String ended, Mark from, Mark until) {
        Tally all = watch.mark().tally();
        BenchReport.Messages messages = messages(all, force.unsent(), from, until);
        BenchReport.Connections connections = connections(all);
        Findings findings = new Findings(plan, messages, connections, schedule(all));
        List<String> problems = findings.problems(ended);
        Map<String, LatencySummary> latencies = new TreeMap<>();
        watch.latencies().forEach((measure, nanos) -> latencies.put(measure.word(), LatencySummary.of(nanos)));
        BenchPlan.Crew crew = plan.crew();
        BenchPlan.Traffic traffic = plan.traffic();
        return new BenchReport(
                plan.mode().word(),
                plan.target().host() + ":" + plan.target().port(),
                version(plan.identity().version()),
                plan.target().tls().isPresent(),
                crew.threads(),
                crew.publishers(),
                crew.subscribers(),
                crew.clients(),
                traffic.qos().level(),
                traffic.payload().length(),
                loop(),
                plan.mode() == Mode.CONNECT ? crew.connectRate() : traffic.rate(),
                plan.mode() == Mode.CONNECT ? crew.connectWindow() : traffic.window(),
                ended,
                plan.timing().warmUp().toNanos() / NANOS,
                until.seconds(from),
                connections,
                messages,
                schedule(all),
                latencies,
                problems,
                findings.notes(),
                problems.isEmpty());
    }

    private static String version(MqttVersion version) {
        return switch (version) {
            case V3_1 -> "3.1";
            case V3_1_1 -> "3.1.1";
            case V5 -> "5";
        };
    }

    private String loop() {
        return switch (plan.mode()) {
            case CONNECT -> plan.crew().connectRate() > 0 ? "open" : "closed";
            case SUB -> "none";
            case PUB, PAIRS, FAN_IN, FAN_OUT -> plan.traffic().open() ? "open" : "closed";
        };
    }

    private BenchReport.Connections connections(Tally all) {
        return new BenchReport.Connections(
                all.of(Count.CONNECTED),
                all.of(Count.FAILED),
                all.failures(),
                sum(all.losses()),
                all.losses(),
                all.of(Count.RECONNECTED),
                connected.rate(begin, Count.CONNECTED));
    }

    private BenchReport.Messages messages(Tally all, long unsent, Mark from, Mark until) {
        long expected = expected(plan, all);
        return new BenchReport.Messages(
                all.of(Count.SENT),
                all.of(Count.ACKNOWLEDGED),
                all.of(Count.REFUSED),
                all.refusals(),
                all.of(Count.UNCONFIRMED),
                unsent,
                expected,
                all.of(Count.RECEIVED),
                lost(all, expected),
                all.of(Count.DUPLICATED),
                all.of(Count.OUT_OF_ORDER),
                all.of(Count.FOREIGN),
                until.rate(from, Count.SENT),
                until.rate(from, Count.RECEIVED),
                until.rate(from, Count.SENT_BYTES),
                until.rate(from, Count.RECEIVED_BYTES));
    }

    /** Where others publish, only the numbers left out tell; members of a group leave out each other's. */
    private long lost(Tally all, long expected) {
        if (plan.mode().delivers()) {
            return Math.max(0, expected - all.delivered());
        }
        return plan.traffic().group() == null ? Math.max(0, all.of(Count.GAPS)) : 0;
    }

    private static BenchReport.Schedule schedule(Tally all) {
        return new BenchReport.Schedule(all.of(Count.BEHIND), all.mostBehind() / MILLISECOND, all.of(Count.STALLS));
    }

    private static long sum(Map<String, Long> reasons) {
        return reasons.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What the numbers mean, in sentences. */
    private record Findings(
            BenchPlan plan,
            BenchReport.Messages messages,
            BenchReport.Connections connections,
            BenchReport.Schedule schedule) {

        List<String> problems(String ended) {
            List<String> problems = new ArrayList<>();
            connections
                    .failures()
                    .forEach((reason, count) -> problems.add(clients(count) + " did not connect: " + reason));
            if (ended.equals("aborted")) {
                problems.add("nothing was sent, because not every client was ready");
            }
            connections
                    .losses()
                    .forEach((reason, count) -> problems.add(count(count, "connection") + " lost: " + reason));
            messages.refusals().forEach((reason, count) -> problems.add(count(count, "refusal") + " of a " + reason));
            problem(problems, messages.lost(), "message", "lost");
            problem(problems, messages.duplicated(), "message", "came more than once");
            problem(problems, messages.outOfOrder(), "message", "came in the wrong order");
            problem(problems, messages.unconfirmed(), "message", "never acknowledged: the connection was lost");
            problem(
                    problems,
                    messages.unsent(),
                    "message",
                    "due and not sent: the broker or this machine is too slow for the rate");
            return problems;
        }

        List<String> notes() {
            List<String> notes = new ArrayList<>();
            boolean open = plan.mode() == Mode.CONNECT
                    ? plan.crew().connectRate() > 0
                    : plan.traffic().open();
            if (plan.mode() == Mode.SUB) {
                notes.add(
                        "latency is counted from the publishers' stamps: it includes what their clocks differ from ours");
            } else if (open) {
                notes.add("open loop: latency is counted from when each was due, so that waiting is not left out");
            } else {
                notes.add(
                        "closed loop: latency is service time, without the time that clients of a fixed rate would wait");
            }
            if (schedule.behind() > 0) {
                notes.add(String.format(
                        "behind schedule: %s left more than 2 ms late, at most %.1f ms; the latencies include that",
                        count(schedule.behind(), "message"), schedule.mostBehindMillis()));
            }
            if (schedule.stalls() > 0) {
                notes.add(count(schedule.stalls(), "time")
                        + " a publisher waited 2 s for deliveries in vain and went on");
            }
            return notes;
        }

        private static void problem(List<String> problems, long count, String thing, String what) {
            if (count > 0) {
                problems.add(count(count, thing) + " " + what);
            }
        }

        private static String clients(long count) {
            return count(count, "client");
        }

        private static String count(long count, String thing) {
            return String.format("%,d %s%s", count, thing, count == 1 ? "" : "s");
        }
    }
}
