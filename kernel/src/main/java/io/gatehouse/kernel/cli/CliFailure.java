package io.gatehouse.kernel.cli;

/** A command that ends early: one plain sentence for the operator and an exit code. */
final class CliFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    CliFailure(ExitCode exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }

    /** The sentence; never null. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
