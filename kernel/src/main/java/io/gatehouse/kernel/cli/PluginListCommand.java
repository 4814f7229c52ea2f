package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import io.gatehouse.kernel.control.ModuleStatus;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse plugin list}: the modules and how they are. */
@Command(name = "list", description = "Lists the modules of the running broker and how they are.")
final class PluginListCommand implements Callable<Integer> {
    private static final List<String> HEAD = List.of(
            "NAME",
            "STATE",
            "VERSION",
            "GENERATION",
            "SINCE",
            "ROLES",
            "CALLS",
            "REFUSALS",
            "FAILURES",
            "P99",
            "LEASES",
            "DETAIL");

    private static final long MILLI = 1_000;
    private static final long SECOND = 1_000_000;

    private final Shell shell;

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    PluginListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        List<ModuleStatus> plugins = new BrokerConnection(home.data(shell.environment()))
                .ask(new ControlRequest.Plugins(), ControlAnswer.Plugins.class)
                .plugins();
        output.print(shell, plugins, () -> table(plugins));
        return ExitCode.OK.code();
    }

    static List<String> table(List<ModuleStatus> modules) {
        return Plain.table(HEAD, modules.stream().map(PluginListCommand::row).toList());
    }

    private static List<String> row(ModuleStatus module) {
        return List.of(
                module.name(),
                module.state().name().toLowerCase(Locale.ROOT),
                module.version(),
                Long.toString(module.generation()),
                module.since().isEmpty() ? "-" : module.since(),
                String.join(",", module.roles()),
                Long.toString(module.calls()),
                Long.toString(module.refusals()),
                Long.toString(module.failures()),
                latency(module.p99Micros()),
                Integer.toString(module.leases()),
                module.detail());
    }

    /** For people, to three digits or so: {@code 850us}, {@code 12.4ms}, {@code 5.00s}. */
    static String latency(long micros) {
        if (micros < MILLI) {
            return micros == 0 ? "-" : micros + "us";
        }
        return micros < SECOND
                ? String.format(Locale.ROOT, "%.1fms", (double) micros / MILLI)
                : String.format(Locale.ROOT, "%.2fs", (double) micros / SECOND);
    }
}
