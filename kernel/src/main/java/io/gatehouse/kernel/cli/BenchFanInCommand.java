package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse bench fan-in}: many publishers, few subscribers. */
@Command(name = "fan-in", description = "Many publishers to few subscribers, each of whom gets everything or a share.")
final class BenchFanInCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private BenchFanOptions fan = new BenchFanOptions();

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            description = "How many publishers. Default: ${DEFAULT-VALUE}")
    private int count = 10;

    @Option(names = "--subscribers", paramLabel = "N", description = "How many subscribers. Default: ${DEFAULT-VALUE}")
    private int subscribers = 1;

    BenchFanInCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        int publishers = BenchOptions.count("--count", count);
        int receivers = BenchOptions.count("--subscribers", subscribers);
        return bench.run(
                shell,
                Mode.FAN_IN,
                bench.clients().crew(0, publishers, receivers),
                fan.traffic("bench/fan-in/%i"),
                fan.timing(bench.interval()));
    }
}
