package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import io.gatehouse.sdk.users.UserDirectory.User;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse user list}: all users, without their passwords. */
@Command(name = "list", description = "Lists the MQTT users.")
final class UserListCommand implements Callable<Integer> {
    private static final int PAGE = 1_000;

    private final Shell shell;

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    UserListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        List<User> users = all(new BrokerConnection(home.data(shell.environment())));
        output.print(
                shell,
                users,
                () -> Plain.table(
                        List.of("NAME", "SUPERUSER"),
                        users.stream()
                                .map(user -> List.of(user.userId(), user.superuser() ? "yes" : "no"))
                                .toList()));
        return ExitCode.OK.code();
    }

    private static List<User> all(BrokerConnection broker) throws CliFailure {
        List<User> users = new ArrayList<>();
        List<User> page;
        do {
            String after = users.isEmpty() ? "" : users.getLast().userId();
            page = broker.ask(new ControlRequest.Users(after, PAGE), ControlAnswer.Users.class)
                    .users();
            users.addAll(page);
        } while (page.size() == PAGE);
        return users;
    }
}
