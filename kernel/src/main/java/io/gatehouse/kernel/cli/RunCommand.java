package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.main.Gatehouse;
import io.gatehouse.kernel.main.StartFailure;
import io.gatehouse.kernel.warmup.WarmUp;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse run}: a broker in the foreground until it is told to stop. */
@Command(
        name = RunCommand.NAME,
        description = "Runs a broker in the foreground until SIGTERM, SIGINT (Ctrl-C) or SIGHUP stops it.")
final class RunCommand implements Callable<Integer> {
    static final String NAME = "run";

    private final Shell shell;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--stop-with-parent",
            description = "Stops when the process that started this one ends, as the child of a build tool should.")
    private boolean stopWithParent;

    @Option(
            names = "--no-warm-up",
            description =
                    "Does without the few seconds of work in the background, at half a processor, after which the first"
                            + " clients are served as fast as all later ones.")
    private boolean cold;

    RunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure, InterruptedException {
        try (Gatehouse gatehouse = Gatehouse.start(options.installation(shell.environment()), shell.environment())) {
            shell.onStop().accept(gatehouse::close);
            if (stopWithParent) {
                ProcessHandle.current().parent().ifPresent(parent -> stopWith(parent, gatehouse));
            }
            warmUp(gatehouse);
            return ExitCode.OK.code();
        } catch (StartFailure failure) {
            failure.sentences().forEach(sentence -> shell.err().println("gatehouse: " + sentence));
            shell.err().flush();
            return failure.exitCode();
        }
    }

    private void warmUp(Gatehouse gatehouse) throws InterruptedException {
        if (cold) {
            gatehouse.awaitStop();
            return;
        }
        try (WarmUp _ = new WarmUp().start()) {
            gatehouse.awaitStop();
        }
    }

    private static void stopWith(ProcessHandle parent, Gatehouse gatehouse) {
        Thread.ofVirtual().name("parent-watch").start(() -> {
            parent.onExit().join();
            gatehouse.close();
        });
    }
}
