package io.gatehouse.auth.builtin.bootstrap;

/**
 * A bootstrap file that cannot be imported. The message is {@code file:line:column: sentence}, or {@code file: sentence} for a file that
 * cannot be read at all. It never repeats a password.
 */
public final class BootstrapProblem extends Exception {
    BootstrapProblem(String file, Place place, String sentence) {
        super(file + ":" + place + ": " + sentence);
    }

    BootstrapProblem(String file, String sentence) {
        super(file + ": " + sentence);
    }
}
