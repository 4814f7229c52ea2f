package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.BenchReport;
import io.gatehouse.kernel.bench.LatencySummary;
import io.gatehouse.kernel.bench.Progress;
import java.util.ArrayList;
import java.util.List;

/** What {@code gatehouse bench} says, for people. */
final class BenchText {
    private static final List<String> HEAD =
            List.of("LATENCY", "COUNT", "MIN", "MEAN", "P50", "P90", "P99", "P99.9", "P99.99", "MAX");
    private static final double MILLISECOND = 1_000;
    private static final double SECOND = 1_000_000;
    private static final double MEGABYTE = 1_000_000;

    private BenchText() {}

    /** One line of progress. */
    static String line(Progress progress) {
        StringBuilder line = new StringBuilder(String.format(
                "%7.1fs  %-10s  %,d connections", progress.seconds(), progress.phase(), progress.connections()));
        rate(line, progress.connectsPerSecond(), "connected");
        rate(line, progress.sentPerSecond(), "sent");
        rate(line, progress.receivedPerSecond(), "received");
        progress.latency()
                .ifPresent(latency -> line.append("  ")
                        .append(progress.measure().orElse("latency"))
                        .append(" p50 ")
                        .append(time(latency.p50()))
                        .append(" p99 ")
                        .append(time(latency.p99())));
        return line.append(String.format("  %,d errors", progress.errors())).toString();
    }

    private static void rate(StringBuilder line, double perSecond, String what) {
        if (perSecond > 0) {
            line.append(String.format("  %,.0f/s %s", perSecond, what));
        }
    }

    /** The result. */
    static List<String> lines(BenchReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(report));
        lines.addAll(Plain.table(List.of("", "TOTAL", "PER SECOND", "MB/S"), totals(report)));
        lines.add("");
        if (!report.latencyMicros().isEmpty()) {
            lines.addAll(Plain.table(HEAD, latencies(report)));
            lines.add("");
        }
        report.notes().forEach(note -> lines.add("Note: " + Plain.text(note)));
        report.problems().forEach(problem -> lines.add("Problem: " + Plain.text(problem)));
        if (report.ok()) {
            lines.add("Nothing failed" + (report.messages().expected() > 0 ? ", nothing was lost." : "."));
        }
        return lines;
    }

    private static String headline(BenchReport report) {
        String sends = report.loop().equals("none") || report.mode().equals("connect")
                ? ""
                : String.format(
                        ", QoS %d, %,d bytes, %s",
                        report.qos(),
                        report.payloadBytes(),
                        report.rate() > 0
                                ? String.format("%,.0f messages/s", report.rate())
                                : "window " + report.window());
        return String.format(
                "%s %s: MQTT %s%s, %,d clients%s; %s, measured %.1f s",
                report.mode(),
                Plain.text(report.broker()),
                report.mqttVersion(),
                report.tls() ? " over TLS" : "",
                report.clients(),
                sends,
                report.ended(),
                report.measuredSeconds());
    }

    private static List<List<String>> totals(BenchReport report) {
        BenchReport.Messages messages = report.messages();
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(
                "connected", report.connections().opened(), report.connections().perSecond(), 0));
        if (report.publishers() > 0) {
            rows.add(row("sent", messages.sent(), messages.sentPerSecond(), messages.sentBytesPerSecond()));
        }
        if (messages.acknowledged() > 0) {
            rows.add(List.of("acknowledged", number(messages.acknowledged()), "", ""));
        }
        if (report.subscribers() > 0) {
            rows.add(row(
                    "received", messages.received(), messages.receivedPerSecond(), messages.receivedBytesPerSecond()));
            rows.add(List.of("lost", number(messages.lost()), "", ""));
            rows.add(List.of("duplicated", number(messages.duplicated()), "", ""));
            rows.add(List.of("out of order", number(messages.outOfOrder()), "", ""));
        }
        if (messages.foreign() > 0) {
            rows.add(List.of("of others", number(messages.foreign()), "", ""));
        }
        if (report.connections().reconnected() > 0) {
            rows.add(List.of("reconnected", number(report.connections().reconnected()), "", ""));
        }
        return rows;
    }

    private static List<String> row(String what, long total, double perSecond, double bytesPerSecond) {
        return List.of(
                what,
                number(total),
                String.format("%,.0f", perSecond),
                bytesPerSecond == 0 ? "" : String.format("%,.1f", bytesPerSecond / MEGABYTE));
    }

    private static String number(long number) {
        return String.format("%,d", number);
    }

    private static List<List<String>> latencies(BenchReport report) {
        List<List<String>> rows = new ArrayList<>();
        for (String measure : List.of("connect", "acknowledgement", "delivery")) {
            LatencySummary latency = report.latencyMicros().get(measure);
            if (latency != null) {
                rows.add(List.of(
                        measure,
                        number(latency.count()),
                        time(latency.minimum()),
                        time(latency.mean()),
                        time(latency.p50()),
                        time(latency.p90()),
                        time(latency.p99()),
                        time(latency.p999()),
                        time(latency.p9999()),
                        time(latency.maximum())));
            }
        }
        return rows;
    }

    /** Microseconds in the unit that reads best. */
    static String time(double micros) {
        if (micros < MILLISECOND) {
            return String.format("%.0fus", micros);
        }
        return micros < SECOND
                ? String.format("%.2fms", micros / MILLISECOND)
                : String.format("%.2fs", micros / SECOND);
    }
}
