package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import io.gatehouse.sdk.mqtt.Secret;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gatehouse user passwd}: another password. */
@Command(
        name = "passwd",
        description = "Gives an MQTT user another password. Asks for it on the terminal unless told otherwise.")
final class UserPasswordCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private PasswordOption passwords = new PasswordOption();

    @Parameters(paramLabel = "NAME", description = "The user name.")
    private String name = "";

    UserPasswordCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        BrokerConnection broker = new BrokerConnection(home.data(shell.environment()));
        Secret password = passwords.password(shell);
        broker.ask(new ControlRequest.ChangePassword(name, password), ControlAnswer.Done.class);
        passwords.report(shell, output, name, password, "Changed the password of user " + Plain.text(name));
        return ExitCode.OK.code();
    }
}
