package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.config.Quantities;
import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse ban add}: one more ban. */
@Command(name = "add", description = "Bans a client, a user or an address, and disconnects whom it concerns.")
final class BanAddCommand implements Callable<Integer> {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Shell shell;

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private BanTarget target = new BanTarget();

    @Option(names = "--for", paramLabel = "TIME", description = "How long, such as 10m or 7d. Default: for ever")
    private String time = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people.")
    private String reason = "";

    @Option(names = "--by", paramLabel = "NAME", description = "Who says so. Default: the user of this process")
    private String by = System.getProperty("user.name", "");

    BanAddCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        String sentence = new BrokerConnection(home.data(shell.environment()))
                .ask(
                        new ControlRequest.AddBan(target.kind(), target.value(), by, reason, seconds()),
                        ControlAnswer.Told.class)
                .sentence();
        output.print(shell, Map.of("sentence", sentence), () -> List.of(Plain.text(sentence)));
        return ExitCode.OK.code();
    }

    private long seconds() throws CliFailure {
        if (time.isEmpty()) {
            return 0;
        }
        return Quantities.duration(time)
                .filter(duration -> duration.compareTo(SHORTEST) >= 0)
                .map(Duration::toSeconds)
                .orElseThrow(() -> new CliFailure(
                        ExitCode.USAGE, "--for must be a time of 1s or more with a unit, such as 10m, not " + time));
    }
}
