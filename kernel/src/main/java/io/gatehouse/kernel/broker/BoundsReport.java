package io.gatehouse.kernel.broker;

import java.util.Map;

/**
 * What the bounds of the broker did since it started, and how much memory there is.
 *
 * @param dropped messages that subscribers did not get, by reason: {@code queue-full}, {@code too-large}, {@code expired},
 *     {@code slow-consumer}, {@code disconnected}, {@code memory}, {@code refused}
 * @param slowConsumers clients that were disconnected because they did not read
 * @param overflowed clients that were disconnected because their queue was full
 * @param sessionsRefused CONNECTs that were refused because of {@code mqtt.max-sessions} or the memory
 * @param retainedRefused retained messages that were not kept because there was no room
 * @param publishersHeld times that reading from a publisher paused because lanes or the memory were behind
 * @param publishesRefused messages of publishers that were refused because of the memory
 * @param proxyHeadersRefused connections that were closed because their PROXY header was malformed, late, or not from a trusted proxy
 * @param memory {@code normal}, {@code tight} or {@code full}
 */
public record BoundsReport(
        Map<String, Long> dropped,
        long slowConsumers,
        long overflowed,
        long sessionsRefused,
        long retainedRefused,
        long publishersHeld,
        long publishesRefused,
        long proxyHeadersRefused,
        String memory) {
    public BoundsReport {
        dropped = Map.copyOf(dropped);
    }
}
