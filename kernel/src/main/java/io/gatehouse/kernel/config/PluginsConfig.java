package io.gatehouse.kernel.config;

import java.time.Duration;

/**
 * Which plugins are let in, how long they may take to come and go, and when a module that fails is left alone for a while.
 *
 * @param approvalRequired whether a new plugin waits, disabled, until somebody enables it; default false
 * @param startDeadline how long a plugin may take to start, 1 s to 10 min; default 30 s
 * @param healthDeadline how long a new version may take to say that it is healthy, 100 ms to 10 min; default 10 s
 * @param drainDeadline how long calls of an old version are waited for, 100 ms to 10 min; default 10 s
 * @param breakerFailures failures in a row after which a module is no longer asked, 1 to 1,000,000; default 20
 * @param breakerPause how long it is then not asked, 10 ms to 1 h; default 5 s
 * @param maxConcurrentCalls calls of one module at the same time, 1 to 1,000,000; default 1,000
 */
public record PluginsConfig(
        TrustConfig trust,
        boolean approvalRequired,
        Duration startDeadline,
        Duration healthDeadline,
        Duration drainDeadline,
        int breakerFailures,
        Duration breakerPause,
        int maxConcurrentCalls) {}
