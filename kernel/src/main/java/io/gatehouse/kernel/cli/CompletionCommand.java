package io.gatehouse.kernel.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse completion}: a script that completes this command line. */
@Command(
        name = "completion",
        description = {"Prints a completion script for bash and zsh.", "To use it: source <(gatehouse completion)"})
final class CompletionCommand implements Callable<Integer> {
    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.out().print(AutoComplete.bash("gatehouse", spec.root().commandLine()));
        shell.out().flush();
        return ExitCode.OK.code();
    }
}
