package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.BenchPlan;
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
            description = "How many subscribers. Default: ${DEFAULT-VALUE}")
    private int count = 100;

    @Option(names = "--publishers", paramLabel = "N", description = "How many publishers. Default: ${DEFAULT-VALUE}")
    private int publishers = 1;

    BenchFanOutCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        int receivers = (int) Bounds.within("--count", count, 1, BenchClientOptions.MOST_CLIENTS);
        int senders = (int) Bounds.within("--publishers", publishers, 1, BenchClientOptions.MOST_CLIENTS);
        return new BenchRunner(shell, output)
                .run(new BenchPlan(
                        Mode.FAN_OUT,
                        clients.target(),
                        clients.identity(shell),
                        clients.crew(0, senders, receivers),
                        messages.traffic("bench/fan-out", true, fan.filter(), fan.group()),
                        messages.timing(output)));
    }
}
