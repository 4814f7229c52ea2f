package io.gatehouse.e2e.operations;

import static org.awaitility.Awaitility.await;

import io.gatehouse.e2e.Installed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A broker in a process of its own, with a configuration folder and a data directory of the test. */
final class RunningBroker implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("Gatehouse listens: tcp\\.default 127\\.0\\.0\\.1:(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;

    private RunningBroker(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a broker on a free port; it listens, and a first start has printed what it prints, when this returns. */
    static RunningBroker start(Path conf, Path data) throws IOException {
        Path output = Files.createTempFile(data.getParent(), "broker", ".out");
        Process process = Installed.command(
                        "run",
                        "--no-warm-up",
                        "--data",
                        data.toString(),
                        "--config",
                        conf.resolve("gatehouse.conf").toString(),
                        "--set",
                        "listeners.tcp.default.bind=\"127.0.0.1:0\"")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        RunningBroker broker = new RunningBroker(process, output);
        await("the broker listens").atMost(PATIENCE).until(() -> !process.isAlive() || broker.isReady());
        return broker;
    }

    private boolean isReady() {
        return LISTENS.matcher(output()).find() && Files.exists(output.resolveSibling("data/first-start.done"));
    }

    int port() {
        Matcher listens = LISTENS.matcher(output());
        if (!listens.find()) {
            throw new AssertionError(output());
        }
        return Integer.parseInt(listens.group(1));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What the broker has printed and logged so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGTERM and waits; the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the broker does not stop: " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        try {
            terminate();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
