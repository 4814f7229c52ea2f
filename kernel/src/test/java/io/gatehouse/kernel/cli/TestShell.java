package io.gatehouse.kernel.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs command lines in this virtual machine, with a scripted human. */
final class TestShell implements Terminal {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Deque<String> typed = new ArrayDeque<>();
    private Map<String, String> environment = Map.of("GATEHOUSE_HOME", "/nonexistent/gatehouse");
    private byte[] in = new byte[0];
    private boolean interactive;
    private Consumer<Runnable> onStop = action -> {};

    TestShell environment(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    TestShell standardInput(String text) {
        in = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** A human at a terminal types this. */
    TestShell typing(String... answers) {
        interactive = true;
        typed.addAll(List.of(answers));
        return this;
    }

    /** What becomes of the action that a signal to stop shall run. */
    TestShell onStop(Consumer<Runnable> signal) {
        onStop = signal;
        return this;
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        Shell shell = new Shell(
                environment,
                new ByteArrayInputStream(in),
                new PrintWriter(out, true, StandardCharsets.UTF_8),
                out,
                new PrintWriter(err, true, StandardCharsets.UTF_8),
                this,
                onStop);
        return GatehouseCli.commandLine(shell).execute(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public boolean interactive() {
        return interactive;
    }

    @Override
    public String askSecret(String prompt) throws CliFailure {
        if (typed.isEmpty()) {
            throw new CliFailure(ExitCode.USAGE, "nobody types");
        }
        return typed.removeFirst();
    }
}
