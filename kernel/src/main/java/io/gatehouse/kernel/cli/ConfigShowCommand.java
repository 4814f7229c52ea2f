package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.config.ConfigLoader;
import io.gatehouse.kernel.config.ConfigResult;
import io.gatehouse.kernel.config.ConfigShow;
import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse config show}: what the configuration comes to, secrets masked. */
@Command(name = "show", description = "Shows what files, defaults, environment and --set come to; secrets are masked.")
final class ConfigShowCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--running", description = "Asks the running broker for the configuration that it uses.")
    private boolean running;

    ConfigShowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        String text = running ? ofBroker() : ofFiles();
        output.print(shell, Map.of("config", text), () -> List.of(text.stripTrailing()));
        return ExitCode.OK.code();
    }

    private String ofBroker() throws CliFailure {
        return new BrokerConnection(options.installation(shell.environment()).data())
                .ask(new ControlRequest.ShowConfig(), ControlAnswer.Config.class)
                .text();
    }

    private String ofFiles() throws CliFailure {
        ConfigResult result = new ConfigLoader(options.installation(shell.environment()), shell.environment()).load();
        if (!result.errors().isEmpty()) {
            throw new CliFailure(
                    ExitCode.BAD_CONFIGURATION, "the configuration is broken: `gatehouse config check` says where");
        }
        return ConfigShow.text(result, false);
    }
}
