package io.gatehouse.kernel.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --home} and {@code --data}: which broker is meant. */
final class HomeOptions {
    static final String HOME_VARIABLE = "GATEHOUSE_HOME";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "The installation. Default: $GATEHOUSE_HOME, which bin/gatehouse sets to where it lies itself")
    private @Nullable Path home;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory, one for each broker. Default: data in the installation")
    private @Nullable Path data;

    Path home(Map<String, String> environment) throws CliFailure {
        if (home != null) {
            return absolute(home);
        }
        String variable = environment.getOrDefault(HOME_VARIABLE, "");
        if (variable.isEmpty()) {
            throw new CliFailure(
                    ExitCode.USAGE, "no installation is named: start bin/gatehouse, set GATEHOUSE_HOME or give --home");
        }
        return absolute(Path.of(variable));
    }

    Path data(Map<String, String> environment) throws CliFailure {
        return data != null ? absolute(data) : home(environment).resolve("data");
    }

    static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
