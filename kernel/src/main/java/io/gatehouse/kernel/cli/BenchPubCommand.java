package io.gatehouse.kernel.cli;

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
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private BenchMessageOptions messages = new BenchMessageOptions();

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
        int publishers = BenchOptions.count("--count", count);
        return bench.run(
                shell,
                Mode.PUB,
                bench.clients().crew(0, publishers, 0),
                messages.traffic("bench/pub/%i", false, null, null),
                messages.timing(bench.interval()));
    }
}
