package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.BenchReport;
import io.gatehouse.kernel.bench.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code gatehouse bench} tells: a line now and then on standard error, the result on standard output. */
final class BenchOutputOptions {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--json", description = "Prints the result as one JSON document: the same as --output json.")
    private boolean json;

    @Option(
            names = "--json-file",
            paramLabel = "FILE",
            description = "Writes the result as JSON into this file, beside what is printed.")
    private @Nullable Path jsonFile;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "How often to tell the progress. Default: ${DEFAULT-VALUE}")
    private String interval = "1s";

    @Option(names = "--quiet", description = "Tells no progress.")
    private boolean quiet;

    Duration interval() throws CliFailure {
        return Bounds.time("--interval", interval, SHORTEST, LONGEST);
    }

    void progress(Shell shell, Progress progress) {
        if (!quiet) {
            shell.err().println(BenchText.line(progress));
            shell.err().flush();
        }
    }

    void result(Shell shell, BenchReport report) throws CliFailure {
        if (json || output.format() == OutputOption.Format.JSON) {
            shell.out().println(OutputOption.json(report));
        } else {
            BenchText.lines(report).forEach(shell.out()::println);
        }
        shell.out().flush();
        if (jsonFile != null) {
            try {
                Files.writeString(jsonFile, OutputOption.json(report) + "\n", StandardCharsets.UTF_8);
            } catch (IOException unwritable) {
                throw new CliFailure(ExitCode.FAILED, "--json-file: " + jsonFile + " cannot be written");
            }
        }
    }
}
