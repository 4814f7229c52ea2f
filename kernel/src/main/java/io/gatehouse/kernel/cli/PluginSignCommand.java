package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.admission.jar.RefusedJar;
import io.gatehouse.kernel.admission.signature.JarSigning;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatehouse plugin sign}: signs one jar. */
@Command(
        name = "sign",
        description =
                "Signs a plugin, so that brokers with plugins.trust = signed can load it. Needs a JDK, and no broker.")
final class PluginSignCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private SigningKeyOption signingKey = new SigningKeyOption();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write the signed jar. Default: in place of the unsigned one")
    private @Nullable Path out;

    @Parameters(paramLabel = "FILE", description = "The plugin's jar.")
    private Path jar = Path.of("");

    PluginSignCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        Path target = out != null ? out : jar;
        String signer = sign(target);
        output.print(
                shell,
                new Report(target.toString(), signer),
                () -> List.of("Signed " + Plain.text(target.toString()) + " as " + Plain.text(signer)));
        return ExitCode.OK.code();
    }

    private String sign(Path target) throws CliFailure {
        try {
            return JarSigning.sign(jar, signingKey.key(shell), target, Instant.now());
        } catch (RefusedJar e) {
            throw new CliFailure(ExitCode.REFUSED, jar + " was not signed: " + e.sentence());
        } catch (IOException e) {
            throw new CliFailure(
                    ExitCode.FAILED, jar + " was not signed, because a file cannot be read or written: " + e);
        }
    }

    /** The shape of the JSON output. */
    record Report(String file, String signer) {}
}
