package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.BenchPlan;
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
    private BenchClientOptions clients = new BenchClientOptions();

    @Mixin
    private BenchMessageOptions messages = new BenchMessageOptions();

    @Mixin
    private BenchFanOptions fan = new BenchFanOptions();

    @Mixin
    private BenchOutputOptions output = new BenchOutputOptions();

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
        int publishers = (int) Bounds.within("--count", count, 1, BenchClientOptions.MOST_CLIENTS);
        int receivers = (int) Bounds.within("--subscribers", subscribers, 1, BenchClientOptions.MOST_CLIENTS);
        return new BenchRunner(shell, output)
                .run(new BenchPlan(
                        Mode.FAN_IN,
                        clients.target(),
                        clients.identity(shell),
                        clients.crew(0, publishers, receivers),
                        messages.traffic("bench/fan-in/%i", true, fan.filter(), fan.group()),
                        messages.timing(output)));
    }
}
