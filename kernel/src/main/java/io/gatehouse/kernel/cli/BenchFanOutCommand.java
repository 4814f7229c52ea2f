package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse bench fan-out}: few publishers, many subscribers. */
@Command(
        name = "fan-out",
        description = "One publisher, or a few, to many subscribers, each of whom gets everything or a share.")
final class BenchFanOutCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private BenchFanOptions fan = new BenchFanOptions();

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            description = "How many subscribers. Default: ${DEFAULT-VALUE}")
    private int count = 100;

    @Option(names = "--publishers", paramLabel = "N", description = "How many publishers. Default: ${DEFAULT-VALUE}")
    private int publishers = 1;

    BenchFanOutCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        int receivers = BenchOptions.count("--count", count);
        int senders = BenchOptions.count("--publishers", publishers);
        return bench.run(
                shell,
                Mode.FAN_OUT,
                bench.clients().crew(0, senders, receivers),
                fan.traffic("bench/fan-out"),
                fan.timing(bench.interval()));
    }
}
