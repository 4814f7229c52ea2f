package io.gatehouse.kernel.bench;

import java.util.Optional;

/**
 * How it goes: what happened since the last time, and what is there now.
 *
 * @param phase in a word or two
 * @param seconds since the bench began
 * @param connections that are open
 * @param measure which latency {@code latency} is; empty when nothing was measured since
 * @param errors failures, losses, refusals, repetitions and wrong order, from the beginning
 */
public record Progress(
        String phase,
        double seconds,
        long connections,
        double connectsPerSecond,
        double sentPerSecond,
        double receivedPerSecond,
        Optional<String> measure,
        Optional<LatencySummary> latency,
        long errors) {}
