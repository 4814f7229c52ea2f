package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.BenchPlan;
import io.gatehouse.kernel.bench.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse bench pairs}: many conversations that have nothing to do with each other. */
@Command(name = "pairs", description = "Pairs of a publisher and a subscriber, each with a topic of its own.")
final class BenchPairsCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private BenchMessageOptions messages = new BenchMessageOptions();

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            description = "How many pairs. Default: ${DEFAULT-VALUE}")
    private int count = 10;

    BenchPairsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        int pairs = (int) Bounds.within("--count", count, 1, BenchClientOptions.MOST_CLIENTS / 2);
        BenchPlan.Traffic traffic = messages.traffic("bench/pairs/%i", true, null, null);
        if (pairs > 1 && !traffic.topic().contains("%i") && !traffic.topic().contains("%c")) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "--topic needs %i or %c, so that each pair has its own: or use `gatehouse bench fan-in`");
        }
        return bench.run(
                shell, Mode.PAIRS, bench.clients().crew(0, pairs, pairs), traffic, messages.timing(bench.interval()));
    }
}
