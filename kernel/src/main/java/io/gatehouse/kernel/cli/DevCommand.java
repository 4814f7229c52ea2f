package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.develop.DevelopmentHome;
import io.gatehouse.kernel.develop.DevelopmentLoop;
import io.gatehouse.kernel.develop.PluginModule;
import io.gatehouse.kernel.develop.PluginSlot;
import io.gatehouse.kernel.main.Gatehouse;
import io.gatehouse.kernel.main.StartFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatehouse dev}: a broker that runs the plugin of a project and takes over each new build. */
@Command(
        name = DevCommand.NAME,
        description = "Runs a broker with the plugin of a project, and swaps the plugin on each build.")
final class DevCommand implements Callable<Integer> {
    static final String NAME = "dev";

    private final Shell shell;

    @Parameters(
            arity = "0..1",
            paramLabel = "PROJECT",
            defaultValue = ".",
            description = "The folder of the plugin's project. Default: this one")
    private Path project = Path.of(".");

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "1883", description = "On 127.0.0.1. Default: 1883")
    private int port;

    @Option(
            names = "--debug",
            arity = "0..1",
            paramLabel = "PORT",
            fallbackValue = "5005",
            description = "Lets a debugger attach on 127.0.0.1. Default: 5005")
    private @Nullable Integer debug;

    @Mixin
    private HomeOptions home = new HomeOptions();

    DevCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure, InterruptedException {
        Path folder = HomeOptions.absolute(project);
        if (!Files.isDirectory(folder)) {
            throw new CliFailure(ExitCode.USAGE, folder + " is no folder: name the folder of a plugin's project");
        }
        tellAboutDebugger();
        DevelopmentHome files = new DevelopmentHome(folder);
        DevelopmentLoop loop = new DevelopmentLoop(folder, files, port, this::tell);
        try {
            files.prepare(home.home(shell.environment()));
            return run(files, loop, loop.awaitFirstBuild());
        } catch (IOException e) {
            throw new CliFailure(ExitCode.FAILED, folder + " cannot be used for development: " + e);
        } catch (StartFailure failure) {
            failure.sentences().forEach(sentence -> shell.err().println("gatehouse: " + sentence));
            return failure.exitCode();
        }
    }

    private int run(DevelopmentHome files, DevelopmentLoop loop, List<PluginModule> modules)
            throws IOException, StartFailure, InterruptedException {
        try (Gatehouse gatehouse = Gatehouse.start(files.installation(), shell.environment())) {
            shell.onStop().accept(gatehouse::close);
            tellWhatRuns(gatehouse, files, modules);
            Thread swapping = Thread.ofVirtual().name("development-loop").start(() -> swap(gatehouse, files, loop));
            gatehouse.awaitStop();
            swapping.interrupt();
            return ExitCode.OK.code();
        }
    }

    private void swap(Gatehouse gatehouse, DevelopmentHome files, DevelopmentLoop loop) {
        try {
            loop.run(new PluginSlot(gatehouse.plugins(), files.plugin()));
        } catch (IOException e) {
            tell("New builds are no longer taken over (" + e + "): start `gatehouse dev` again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellWhatRuns(Gatehouse gatehouse, DevelopmentHome files, List<PluginModule> modules)
            throws IOException {
        List<String> addresses = gatehouse.addresses().values().stream()
                .map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
                .toList();
        tell("Runs "
                + String.join(", ", modules.stream().map(PluginModule::name).toList()) + " on "
                + String.join(", ", addresses)
                + ". Each `mvn package` swaps it; dev.conf is its configuration; Ctrl-C ends.");
        Map<String, String> users = files.users();
        users.forEach((name, password) ->
                tell("User " + name + ", password " + password + " (auth-builtin, asked after your authenticators)"));
        tell("Other commands find this broker with --data "
                + files.installation().data());
    }

    private void tellAboutDebugger() {
        boolean attachable = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(argument -> argument.startsWith("-agentlib:jdwp"));
        if (debug != null && attachable) {
            tell("A debugger may attach to 127.0.0.1:" + debug
                    + " (IntelliJ IDEA: Run, Attach to Process; others: remote,"
                    + " socket). Breakpoints hold after a swap.");
        } else if (debug != null) {
            tell("No debugger can attach: this start script does not know --debug. Set GATEHOUSE_JVM_FLAGS to"
                    + " -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + debug);
        } else {
            tell("To attach a debugger, start with --debug [PORT].");
        }
    }

    private void tell(String sentence) {
        shell.out().println("dev: " + Plain.text(sentence));
        shell.out().flush();
    }
}
