package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.BanStatus;
import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse ban list}: who may not connect. */
@Command(name = "list", description = "Lists the bans in force, those of operators first, then those of flapping.")
final class BanListCommand implements Callable<Integer> {
    private static final List<String> HEAD = List.of("KIND", "VALUE", "BY", "AT", "UNTIL", "REASON");

    private final Shell shell;

    @Mixin
    private ListOptions list = new ListOptions();

    BanListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        ControlAnswer.Bans answer = list.ask(shell, new ControlRequest.Bans(list.limit()), ControlAnswer.Bans.class);
        list.print(shell, "bans", answer.bans(), answer.truncated(), HEAD, BanListCommand::row);
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
