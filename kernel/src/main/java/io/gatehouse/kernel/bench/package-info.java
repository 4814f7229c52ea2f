/**
 * The load tool behind {@code gatehouse bench}. A {@link io.gatehouse.kernel.bench.BenchPlan} says what to do,
 * {@link io.gatehouse.kernel.bench.Bench} does it, a {@link io.gatehouse.kernel.bench.BenchReport} tells what came of it.
 *
 * <p>Each {@code Worker} is one event loop with its clients, counters and histograms; nothing of it is touched by another thread. The
 * thread that runs the bench paces the phases and asks the workers for snapshots.
 */
@NullMarked
package io.gatehouse.kernel.bench;

import org.jspecify.annotations.NullMarked;
