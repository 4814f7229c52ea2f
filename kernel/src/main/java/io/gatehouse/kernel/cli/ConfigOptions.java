package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.config.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say with which files and settings a broker runs. */
final class ConfigOptions {
    @Mixin
    private HomeOptions home = new HomeOptions();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file; conf.d/*.conf beside it is read too."
                    + " Default: conf/gatehouse.conf in the installation")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one configuration key, over what files say; may be repeated")
    private List<String> settings = new ArrayList<>();

    Installation installation(Map<String, String> environment) throws CliFailure {
        Path directory = home.home(environment);
        return new Installation(
                directory,
                home.data(environment),
                config != null
                        ? HomeOptions.absolute(config)
                        : directory.resolve("conf").resolve("gatehouse.conf"),
                settings);
    }
}
