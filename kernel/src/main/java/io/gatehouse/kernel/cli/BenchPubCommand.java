package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.BenchPlan;
import io.gatehouse.kernel.bench.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse bench pub}: publishers alone. */
@Command(name = "pub", description = "Publishes; with QoS 1 and 2 measures how long acknowledgements take.")
final class BenchPubCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private BenchClientOptions clients = new BenchClientOptions();

    @Mixin
    private BenchMessageOptions messages = new BenchMessageOptions();

    @Mixin
    private BenchOutputOptions output = new BenchOutputOptions();

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            description = "How many publishers. Default: ${DEFAULT-VALUE}")
    private int count = 10;

    BenchPubCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        int publishers = (int) Bounds.within("--count", count, 1, BenchClientOptions.MOST_CLIENTS);
        return new BenchRunner(shell, output)
                .run(new BenchPlan(
                        Mode.PUB,
                        clients.target(),
                        clients.identity(shell),
                        clients.crew(0, publishers, 0),
                        messages.traffic("bench/pub/%i", false, null, null),
                        messages.timing(output)));
    }
}
