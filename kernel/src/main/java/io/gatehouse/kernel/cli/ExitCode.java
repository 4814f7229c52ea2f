package io.gatehouse.kernel.cli;

/** How {@code gatehouse} ends. Scripts rely on these numbers: none ever changes its meaning. Explained in {@code docs/cli.md}. */
enum ExitCode {
    /** Done. */
    OK(0),
    /** Tried and failed for a reason that has no code of its own. */
    FAILED(1),
    /** The command line makes no sense. */
    USAGE(2),
    /** No broker runs on the data directory, or none listens at the address. */
    NOT_RUNNING(3),
    /** There is no such user or client. */
    NOT_FOUND(4),
    /** Refused: by the broker, or by the permissions of files. */
    REFUSED(5),
    /** There is one already. */
    EXISTS(6),
    /** No active module of the broker can do it. */
    UNAVAILABLE(7),
    /** The configuration is broken ({@code EX_CONFIG} of sysexits). */
    BAD_CONFIGURATION(78);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
