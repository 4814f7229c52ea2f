package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gatehouse client kick}: disconnects one. */
@Command(
        name = "kick",
        description = "Disconnects an MQTT client. It may connect again: `gatehouse ban` keeps it away.")
final class ClientKickCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "CLIENT-ID", description = "The client identifier.")
    private String clientId = "";

    ClientKickCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        new BrokerConnection(home.data(shell.environment()))
                .ask(new ControlRequest.Kick(clientId), ControlAnswer.Done.class);
        output.print(shell, Map.of("clientId", clientId), () -> List.of("Disconnected " + Plain.text(clientId)));
        return ExitCode.OK.code();
    }
}
