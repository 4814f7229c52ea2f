package io.gatehouse.kernel.bench;

import java.util.List;
import java.util.Map;

/**
 * What came of a bench. The names are those of the JSON output: fields may be added, none is renamed or taken away.
 *
 * @param loop {@code open}, {@code closed}, or {@code none} where nothing is sent
 * @param ended {@code completed}, {@code interrupted}, or {@code aborted} when not everybody could connect
 * @param latencyMicros by measure: {@code connect}, {@code acknowledgement}, {@code delivery}; those that were measured
 * @param problems a sentence for each thing that went wrong
 * @param notes what a reader of the numbers should know
 * @param ok true when there are no problems
 */
public record BenchReport(
        String mode,
        String broker,
        String mqttVersion,
        boolean tls,
        int threads,
        int publishers,
        int subscribers,
        int clients,
        int qos,
        int payloadBytes,
        String loop,
        double rate,
        int window,
        String ended,
        double warmUpSeconds,
        double measuredSeconds,
        Connections connections,
        Messages messages,
        Schedule schedule,
        Map<String, LatencySummary> latencyMicros,
        List<String> problems,
        List<String> notes,
        boolean ok) {
    public BenchReport {
        latencyMicros = Map.copyOf(latencyMicros);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * Connections.
     *
     * @param failed clients that never got through
     * @param failures why, with how often
     * @param lost connections that ended unasked
     * @param losses why, with how often
     * @param perSecond while all were connecting
     */
    public record Connections(
            long opened,
            long failed,
            Map<String, Long> failures,
            long lost,
            Map<String, Long> losses,
            long reconnected,
            double perSecond) {
        public Connections {
            failures = Map.copyOf(failures);
            losses = Map.copyOf(losses);
        }
    }

    /**
     * Messages: counts from the first to the last, warm-up included; rates of the measured time.
     *
     * @param unconfirmed whose acknowledgement was lost with the connection
     * @param unsent that were due and could not be sent
     * @param expected deliveries, when what is sent comes back to the same process
     * @param foreign that nobody of this run has sent
     */
    public record Messages(
            long sent,
            long acknowledged,
            long refused,
            Map<String, Long> refusals,
            long unconfirmed,
            long unsent,
            long expected,
            long received,
            long lost,
            long duplicated,
            long outOfOrder,
            long foreign,
            double sentPerSecond,
            double receivedPerSecond,
            double sentBytesPerSecond,
            double receivedBytesPerSecond) {
        public Messages {
            refusals = Map.copyOf(refusals);
        }
    }

    /**
     * How well the tool kept up itself.
     *
     * @param behind messages that were sent more than 2 ms after they were due
     * @param mostBehindMillis by how much at most
     * @param stalls times that a closed loop went on although deliveries were missing for two seconds
     */
    public record Schedule(long behind, double mostBehindMillis, long stalls) {}
}
