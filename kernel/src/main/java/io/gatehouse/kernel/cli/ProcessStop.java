package io.gatehouse.kernel.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a signal does to this process. A virtual machine that is told to stop ends with 128 + signal, unless a hook ends it first: a broker
 * that stopped as told is fine. The same hook runs when the command has come to its own end, whose exit code then holds.
 */
final class ProcessStop {
    private final AtomicBoolean ended = new AtomicBoolean();

    /** A signal to stop shall run this, and the process end with 0 when it returns. */
    void onSignal(Runnable action) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            if (ended.get()) {
                return;
            }
            action.run();
            Runtime.getRuntime().halt(ExitCode.OK.code());
        }));
    }

    /** The command has ended by itself. */
    void commandEnded() {
        ended.set(true);
    }
}
