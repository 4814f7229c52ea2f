package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ClientStatus;
import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse client list}: sessions, connected or not. */
@Command(name = "list", description = "Lists MQTT clients with a session, connected or not.")
final class ClientListCommand implements Callable<Integer> {
    private static final List<String> HEAD =
            List.of("CLIENT ID", "USER", "CONNECTED", "VERSION", "PEER", "LISTENER", "SINCE", "SUBS", "QUEUED");

    private final Shell shell;

    @Mixin
    private ListOptions list = new ListOptions();

    ClientListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        ControlAnswer.Clients answer =
                list.ask(shell, new ControlRequest.Clients(list.limit()), ControlAnswer.Clients.class);
        list.print(shell, "clients", answer.clients(), answer.truncated(), HEAD, ClientListCommand::row);
        return ExitCode.OK.code();
    }

    private static List<String> row(ClientStatus client) {
        String username = client.username();
        return List.of(
                client.clientId(),
                username == null ? "-" : username,
                client.connected() ? "yes" : "no",
                client.version(),
                client.peer(),
                client.listener(),
                client.since(),
                Integer.toString(client.subscriptions()),
                Integer.toString(client.queued()));
    }
}
