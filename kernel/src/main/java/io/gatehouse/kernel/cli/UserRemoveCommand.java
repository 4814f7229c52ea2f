package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gatehouse user remove}: one user less. */
@Command(name = "remove", description = "Removes an MQTT user and disconnects its clients.")
final class UserRemoveCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "NAME", description = "The user name.")
    private String name = "";

    UserRemoveCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        new BrokerConnection(home.data(shell.environment()))
                .ask(new ControlRequest.RemoveUser(name), ControlAnswer.Done.class);
        output.print(shell, Map.of("name", name), () -> List.of("Removed user " + Plain.text(name)));
        return ExitCode.OK.code();
    }
}
