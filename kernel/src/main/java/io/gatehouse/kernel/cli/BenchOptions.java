package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.BenchPlan;
import io.gatehouse.kernel.bench.Mode;
import java.time.Duration;
import picocli.CommandLine.Mixin;

/** What all commands of {@code gatehouse bench} have in common: the clients, what is told, and how a plan is made of both and run. */
final class BenchOptions {
    @Mixin
    private BenchClientOptions clients = new BenchClientOptions();

    @Mixin
    private BenchOutputOptions output = new BenchOutputOptions();

    BenchClientOptions clients() {
        return clients;
    }

    Duration interval() throws CliFailure {
        return output.interval();
    }

    /** So many clients, at least one. */
    static int count(String option, int number) throws CliFailure {
        return (int) Bounds.within(option, number, 1, BenchClientOptions.MOST_CLIENTS);
    }

    /** Runs the bench and tells of it; the exit code. */
    int run(Shell shell, Mode mode, BenchPlan.Crew crew, BenchPlan.Traffic traffic, BenchPlan.Timing timing)
            throws CliFailure {
        BenchPlan plan = new BenchPlan(mode, clients.target(), clients.identity(shell), crew, traffic, timing);
        return new BenchRunner(shell, output).run(plan);
    }
}
