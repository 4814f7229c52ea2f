package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import io.gatehouse.sdk.broker.ModuleInfo;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse plugin list}: the modules and how they are. */
@Command(name = "list", description = "Lists the modules of the running broker and how they are.")
final class PluginListCommand implements Callable<Integer> {
    private static final List<String> HEAD =
            List.of("NAME", "STATE", "VERSION", "ROLES", "CALLS", "FAILURES", "DETAIL");

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
        List<ModuleInfo> plugins = new BrokerConnection(home.data(shell.environment()))
                .ask(new ControlRequest.Plugins(), ControlAnswer.Plugins.class)
                .plugins();
        output.print(shell, plugins, () -> table(plugins));
        return ExitCode.OK.code();
    }

    static List<String> table(List<ModuleInfo> modules) {
        return Plain.table(HEAD, modules.stream().map(PluginListCommand::row).toList());
    }

    private static List<String> row(ModuleInfo module) {
        return List.of(
                module.name(),
                module.state().name().toLowerCase(Locale.ROOT),
                module.version(),
                String.join(",", module.roles()),
                Long.toString(module.calls()),
                Long.toString(module.failures()),
                module.detail());
    }
}
