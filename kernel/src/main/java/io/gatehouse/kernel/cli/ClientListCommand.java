package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ClientStatus;
import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse client list}: sessions, connected or not. */
@Command(name = "list", description = "Lists MQTT clients with a session, connected or not.")
final class ClientListCommand implements Callable<Integer> {
    private static final List<String> HEAD =
            List.of("CLIENT ID", "USER", "CONNECTED", "VERSION", "PEER", "LISTENER", "SINCE", "SUBS", "QUEUED");

    private final Shell shell;

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most this many, 1 to 100,000. Default: ${DEFAULT-VALUE}")
    private int limit;

    ClientListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        ControlAnswer.Clients answer = new BrokerConnection(home.data(shell.environment()))
                .ask(new ControlRequest.Clients(limit), ControlAnswer.Clients.class);
        output.print(shell, answer.clients(), () -> lines(answer));
        if (answer.truncated()) {
            shell.err().println("gatehouse: there are more clients: raise --limit");
            shell.err().flush();
        }
        return ExitCode.OK.code();
    }

    private static List<String> lines(ControlAnswer.Clients answer) {
        List<List<String>> rows = new ArrayList<>();
        for (ClientStatus client : answer.clients()) {
            String username = client.username();
            rows.add(List.of(
                    client.clientId(),
                    username == null ? "-" : username,
                    client.connected() ? "yes" : "no",
                    client.version(),
                    client.peer(),
                    client.listener(),
                    client.since(),
                    Integer.toString(client.subscriptions()),
                    Integer.toString(client.queued())));
        }
        return Plain.table(HEAD, rows);
    }
}
