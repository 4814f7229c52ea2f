package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.BenchPlan;
import io.gatehouse.kernel.bench.Mode;
import io.gatehouse.sdk.mqtt.Payload;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse bench sub}: subscribers alone. */
@Command(
        name = "sub",
        description = "Subscribes and counts what comes; measures what `gatehouse bench pub` has sent, anywhere.")
final class BenchSubCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            description = "How many subscribers. Default: ${DEFAULT-VALUE}")
    private int count = 1;

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "FILTER",
            description =
                    "The topic filter; %%i stands for the number of the subscriber, %%c for its client identifier."
                            + " Default: ${DEFAULT-VALUE}")
    private String filter = "bench/#";

    @Option(
            names = "--shared",
            paramLabel = "GROUP",
            description = "Shares the messages among the subscribers: $share/GROUP/FILTER.")
    private @Nullable String group;

    @Option(
            names = {"-q", "--qos"},
            paramLabel = "QOS",
            description = "The highest quality of service, 0, 1 or 2. Default: ${DEFAULT-VALUE}")
    private int qos;

    @Option(
            names = {"-n", "--messages"},
            paramLabel = "N",
            description = "Ends when so many have come. Default: never")
    private @Nullable Long messages;

    @Option(
            names = {"-d", "--duration"},
            paramLabel = "TIME",
            description = "Ends after this time. Default: with Ctrl-C")
    private @Nullable String duration;

    BenchSubCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        int subscribers = BenchOptions.count("--count", count);
        BenchPlan.Traffic traffic = new BenchPlan.Traffic(
                "",
                filter,
                group,
                PubCommand.qos(qos),
                false,
                Payload.EMPTY,
                0,
                1,
                messages == null ? Long.MAX_VALUE : Bounds.within("--messages", messages, 1, BenchTime.MOST_MESSAGES));
        return bench.run(
                shell,
                Mode.SUB,
                bench.clients().crew(0, 0, subscribers),
                traffic,
                new BenchPlan.Timing(Duration.ZERO, BenchTime.duration(duration), Duration.ZERO, bench.interval()));
    }
}
