package io.gatehouse.kernel.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** The terminal of this process. */
final class SystemTerminal implements Terminal {
    private final @Nullable Console console;

    SystemTerminal(@Nullable Console console) {
        this.console = console;
    }

    @Override
    public boolean interactive() {
        return console != null && console.isTerminal();
    }

    @Override
    public String askSecret(String prompt) throws CliFailure {
        if (console == null || !console.isTerminal()) {
            throw new CliFailure(ExitCode.USAGE, "there is no terminal to ask for a password: use --password-stdin");
        }
        char[] answer = console.readPassword("%s: ", prompt);
        if (answer == null) {
            throw new CliFailure(ExitCode.USAGE, "no password was given");
        }
        return new String(answer);
    }
}
