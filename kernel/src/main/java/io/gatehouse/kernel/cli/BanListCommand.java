package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.BanStatus;
import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse ban list}: who may not connect. */
@Command(name = "list", description = "Lists the bans in force, those of operators first, then those of flapping.")
final class BanListCommand implements Callable<Integer> {
    private static final List<String> HEAD = List.of("KIND", "VALUE", "BY", "AT", "UNTIL", "REASON");

    private final Shell shell;

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most this many, 1 to 200,000. Default: ${DEFAULT-VALUE}")
    private int limit;

    BanListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        ControlAnswer.Bans answer = new BrokerConnection(home.data(shell.environment()))
                .ask(new ControlRequest.Bans(limit), ControlAnswer.Bans.class);
        output.print(
                shell,
                answer.bans(),
                () -> Plain.table(
                        HEAD, answer.bans().stream().map(BanListCommand::row).toList()));
        if (answer.truncated()) {
            shell.err().println("gatehouse: there are more bans: raise --limit");
            shell.err().flush();
        }
        return ExitCode.OK.code();
    }

    private static List<String> row(BanStatus ban) {
        return List.of(
                ban.kind(),
                ban.value(),
                ban.by(),
                ban.at(),
                ban.until().isEmpty() ? "never" : ban.until(),
                ban.reason());
    }
}
