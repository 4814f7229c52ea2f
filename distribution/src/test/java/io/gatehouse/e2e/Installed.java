package io.gatehouse.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The installation that the build assembled; runs its commands as processes of their own. */
public final class Installed {
    /** Far longer than any command takes; a test that needs it has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Installed() {}

    /** The folder {@code target/gatehouse}. */
    public static Path home() {
        return Path.of(Objects.requireNonNull(
                System.getProperty("gatehouse.home"), "these tests run in Maven: mvn -pl distribution -am verify"));
    }

    /** The version that was built. */
    public static String version() {
        return Objects.requireNonNull(System.getProperty("gatehouse.version"));
    }

    /** The start script. */
    public static Path script() {
        return home().resolve("bin").resolve("gatehouse");
    }

    /** A process builder for one command line of {@code bin/gatehouse}. */
    public static ProcessBuilder command(String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(script().toString());
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line);
    }

    /** Runs one command line to its end. */
    public static Result run(String... arguments) throws IOException, InterruptedException {
        return run(command(arguments));
    }

    /** Runs one command line to its end with exactly these variables in its environment. */
    public static Result runIn(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = command(arguments);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return run(builder);
    }

    /** Runs a process to its end, with this file as its standard input. */
    public static Result runWithInput(ProcessBuilder builder, Path input) throws IOException, InterruptedException {
        return run(builder.redirectInput(input.toFile()));
    }

    /** Runs a process to its end. */
    public static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = Files.createTempFile("gatehouse", ".out");
        Path err = Files.createTempFile("gatehouse", ".err");
        try {
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(builder.command() + " did not end");
            }
            return new Result(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** How a process ended. */
    public record Result(int exitCode, String out, String err) {}
}
