package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.admission.Admission;
import io.gatehouse.kernel.admission.Capabilities;
import io.gatehouse.kernel.admission.JarReport;
import io.gatehouse.kernel.config.ConfigLoader;
import io.gatehouse.kernel.config.ConfigResult;
import io.gatehouse.kernel.config.GatehouseConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gatehouse plugin verify}: what a broker with this configuration would say to these jars, without starting one. */
@Command(
        name = "verify",
        description =
                "Says what plugins declare, who signed them, and whether the configuration lets them in. Needs no broker.")
final class PluginVerifyCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The plugins' jars.")
    private List<Path> jars = new ArrayList<>();

    PluginVerifyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        Admission admission = new Admission(config().plugins().trust(), InstantSource.system());
        List<Verdict> verdicts = jars.stream()
                .map(jar -> Verdict.of(jar.toString(), admission.report(jar)))
                .toList();
        output.print(
                shell,
                verdicts,
                () -> verdicts.stream()
                        .flatMap(verdict -> verdict.lines().stream())
                        .map(Plain::text)
                        .toList());
        return (verdicts.stream().allMatch(Verdict::admitted) ? ExitCode.OK : ExitCode.REFUSED).code();
    }

    private GatehouseConfig config() throws CliFailure {
        ConfigResult result = new ConfigLoader(options.installation(shell.environment()), shell.environment()).load();
        @Nullable GatehouseConfig config = result.config();
        if (config == null) {
            throw new CliFailure(
                    ExitCode.BAD_CONFIGURATION,
                    "the configuration is broken: " + result.errors().getFirst());
        }
        return config;
    }

    /** The shape of the JSON output; null where nothing could be found out. */
    record Verdict(
            String file,
            @Nullable String name,
            @Nullable String version,
            @Nullable String sha256,
            @Nullable String signer,
            List<String> capabilities,
            List<String> publishesTo,
            boolean exclusive,
            boolean admitted,
            @Nullable String refusal) {
        Verdict {
            capabilities = List.copyOf(capabilities);
            publishesTo = List.copyOf(publishesTo);
        }

        static Verdict of(String file, JarReport report) {
            Capabilities capabilities = report.capabilities().orElse(Capabilities.NONE);
            return new Verdict(
                    file,
                    report.name().orElse(null),
                    report.version().orElse(null),
                    report.sha256().orElse(null),
                    report.signer().orElse(null),
                    capabilities.names(),
                    capabilities.publishesTo(),
                    capabilities.exclusive(),
                    report.refusal().isEmpty(),
                    report.refusal().orElse(null));
        }

        List<String> lines() {
            return List.of(
                    file + (admitted ? ": would be loaded" : ": would be refused: " + refusal),
                    "  bundle        " + or(name, "unknown") + " " + or(version, ""),
                    "  sha256        " + or(sha256, "unknown"),
                    "  signer        " + or(signer, "none that is trusted"),
                    "  capabilities  " + or(String.join(", ", capabilities), "none"),
                    "  publishes to  " + or(String.join(", ", publishesTo), "nothing"),
                    "  exclusive     " + (exclusive ? "yes" : "no"));
        }

        private static String or(@Nullable String text, String otherwise) {
            return text == null || text.isEmpty() ? otherwise : text;
        }
    }
}
