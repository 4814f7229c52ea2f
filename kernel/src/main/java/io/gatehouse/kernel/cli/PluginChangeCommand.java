package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import io.gatehouse.kernel.control.ControlRequest.PluginChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gatehouse plugin install|upgrade|rollback|enable|disable|remove}: one change of one plugin while the broker runs. */
@Command
final class PluginChangeCommand implements Callable<Integer> {
    private final Shell shell;
    private final PluginChange change;

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(
            paramLabel = "PLUGIN",
            description =
                    "For install and upgrade a jar file; else a plugin's symbolic name, a module, or a jar's name.")
    private String target = "";

    PluginChangeCommand(Shell shell, PluginChange change) {
        this.shell = shell;
        this.change = change;
    }

    static String description(PluginChange change) {
        return switch (change) {
            case INSTALL -> "Copies a jar into the plugins folder and starts it.";
            case UPGRADE ->
                "Puts a jar in the place of the version that runs, once it has shown that it works; else nothing changes.";
            case ROLLBACK -> "Goes back to the version that ran before.";
            case ENABLE ->
                "Puts a disabled plugin back into use, approves of one that waits for it, or tries again one that failed.";
            case DISABLE -> "Takes a plugin out of use, across restarts. Chains that name it wait and then refuse.";
            case REMOVE ->
                "Takes a plugin out and deletes its jar in the plugins folder. Chains that name it wait and then refuse.";
        };
    }

    @Override
    public Integer call() throws CliFailure {
        boolean isFile = change == PluginChange.INSTALL || change == PluginChange.UPGRADE;
        String meant = isFile ? Path.of(target).toAbsolutePath().normalize().toString() : target;
        String sentence = new BrokerConnection(home.data(shell.environment()))
                .ask(new ControlRequest.ChangePlugin(change, meant), ControlAnswer.Told.class)
                .sentence();
        output.print(shell, Map.of("sentence", sentence), () -> List.of(Plain.text(sentence)));
        return ExitCode.OK.code();
    }
}
