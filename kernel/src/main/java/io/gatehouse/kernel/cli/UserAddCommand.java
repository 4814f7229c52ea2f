package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import io.gatehouse.sdk.mqtt.Secret;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatehouse user add}: one more user. */
@Command(name = "add", description = "Adds an MQTT user. Asks for the password on the terminal unless told otherwise.")
final class UserAddCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private PasswordOption passwords = new PasswordOption();

    @Option(names = "--superuser", description = "Lets the user publish and subscribe to everything, past all rules.")
    private boolean superuser;

    @Parameters(paramLabel = "NAME", description = "The user name.")
    private String name = "";

    UserAddCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        BrokerConnection broker = new BrokerConnection(home.data(shell.environment()));
        Secret password = passwords.password(shell);
        broker.ask(new ControlRequest.AddUser(name, password, superuser), ControlAnswer.Done.class);
        passwords.report(shell, output, name, password, "Added user " + Plain.text(name));
        return ExitCode.OK.code();
    }
}
