package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse ban remove}: one ban less. */
@Command(
        name = "remove",
        description = "Ends a ban, and what flapping banned of this address, client identifier or user name.")
final class BanRemoveCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private BanTarget target = new BanTarget();

    BanRemoveCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        String sentence = new BrokerConnection(home.data(shell.environment()))
                .ask(new ControlRequest.RemoveBan(target.kind(), target.value()), ControlAnswer.Told.class)
                .sentence();
        output.print(shell, Map.of("sentence", sentence), () -> List.of(Plain.text(sentence)));
        return ExitCode.OK.code();
    }
}
