package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.BenchPlan;
import io.gatehouse.kernel.bench.Mode;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse bench connect}: how fast clients get in, and whether they stay. */
@Command(name = "connect", description = "Connects clients, measures how long that takes, and holds the connections.")
final class BenchConnectCommand implements Callable<Integer> {
    private static final int MOST_CONNECTING = 10_000;

    private final Shell shell;

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            description = "How many clients. Default: ${DEFAULT-VALUE}")
    private int count = 100;

    @Option(names = "--rate", paramLabel = "N", description = "The same as --connect-rate.")
    private @Nullable Double rate;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "How many may be connecting at a time. Default: ${DEFAULT-VALUE}")
    private int window = 100;

    @Option(
            names = {"-d", "--duration"},
            paramLabel = "TIME",
            description = "How long to hold the connections when all are there. Default: ${DEFAULT-VALUE}")
    private String duration = "0s";

    BenchConnectCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        BenchClientOptions clients = bench.clients();
        int idle = BenchOptions.count("--count", count);
        BenchPlan.Crew crew = clients.crew(idle, 0, 0, rate != null ? rate : clients.connectRate(), (int)
                Bounds.within("--window", window, 1, MOST_CONNECTING));
        BenchPlan.Traffic nothing =
                new BenchPlan.Traffic("", null, null, Qos.AT_MOST_ONCE, false, Payload.EMPTY, 0, 1, Long.MAX_VALUE);
        return bench.run(
                shell,
                Mode.CONNECT,
                crew,
                nothing,
                new BenchPlan.Timing(Duration.ZERO, BenchTime.duration(duration), Duration.ZERO, bench.interval()));
    }
}
