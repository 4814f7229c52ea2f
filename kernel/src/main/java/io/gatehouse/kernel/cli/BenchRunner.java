package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.Bench;
import io.gatehouse.kernel.bench.BenchFailure;
import io.gatehouse.kernel.bench.BenchPlan;
import io.gatehouse.kernel.bench.BenchReport;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs a plan and tells of it. */
final class BenchRunner {
    /** How long a signal to stop waits for the summary; what is under way is waited for in this time. */
    private static final long SUMMARY_SECONDS = 30;

    private final Shell shell;
    private final BenchOutputOptions output;

    BenchRunner(Shell shell, BenchOutputOptions output) {
        this.shell = shell;
        this.output = output;
    }

    int run(BenchPlan plan) throws CliFailure {
        Bench bench;
        try {
            bench = Bench.of(plan);
        } catch (BenchFailure failure) {
            throw new CliFailure(ExitCode.USAGE, failure.sentence());
        }
        CountDownLatch told = new CountDownLatch(1);
        shell.onStop().accept(() -> {
            bench.stop();
            await(told);
        });
        try {
            BenchReport report = bench.run(progress -> output.progress(shell, progress));
            output.result(shell, report);
            return (report.ok() ? ExitCode.OK : ExitCode.FAILED).code();
        } finally {
            told.countDown();
        }
    }

    private static void await(CountDownLatch told) {
        try {
            if (!told.await(SUMMARY_SECONDS, TimeUnit.SECONDS)) {
                return; // then without a summary
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
