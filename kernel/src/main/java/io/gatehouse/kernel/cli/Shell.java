package io.gatehouse.kernel.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What surrounds a command: the process in production, a test otherwise.
 *
 * @param out text for standard output
 * @param rawOut bytes for standard output, for payloads; it says when nobody reads them any more
 * @param onStop gives the action that a signal to stop shall run; the process ends with 0 when the action returns
 */
record Shell(
        Map<String, String> environment,
        InputStream in,
        PrintWriter out,
        OutputStream rawOut,
        PrintWriter err,
        Terminal terminal,
        Consumer<Runnable> onStop) {

    /** The shell of this process; signals are the business of {@code stop}. */
    static Shell ofProcess(ProcessStop stop) {
        return new Shell(
                System.getenv(),
                System.in,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new FileOutputStream(FileDescriptor.out),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                new SystemTerminal(System.console()),
                stop::onSignal);
    }
}
