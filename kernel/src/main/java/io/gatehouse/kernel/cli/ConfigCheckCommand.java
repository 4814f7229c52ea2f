package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.config.ConfigLoader;
import io.gatehouse.kernel.config.ConfigProblem;
import io.gatehouse.kernel.config.ConfigResult;
import io.gatehouse.kernel.config.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse config check}: what a broker would say to these files, without starting one. */
@Command(
        name = "check",
        description = "Checks the configuration without starting a broker; reports all mistakes at once.")
final class ConfigCheckCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    ConfigCheckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        Installation installation = options.installation(shell.environment());
        ConfigResult result = new ConfigLoader(installation, shell.environment()).load();
        boolean valid = result.errors().isEmpty();
        output.print(shell, new Report(valid, result.errors(), result.warnings()), () -> lines(installation, result));
        return (valid ? ExitCode.OK : ExitCode.BAD_CONFIGURATION).code();
    }

    private static List<String> lines(Installation installation, ConfigResult result) {
        List<String> lines = new ArrayList<>();
        result.warnings().forEach(warning -> lines.add("warning: " + Plain.text(warning.toString())));
        result.errors().forEach(error -> lines.add("error: " + Plain.text(error.toString())));
        if (result.errors().isEmpty()) {
            lines.add("The configuration is good: "
                    + Plain.text(installation.configFile().toString()));
        }
        return lines;
    }

    /** The shape of the JSON output. */
    record Report(boolean valid, List<ConfigProblem> errors, List<ConfigProblem> warnings) {
        Report {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }
}
