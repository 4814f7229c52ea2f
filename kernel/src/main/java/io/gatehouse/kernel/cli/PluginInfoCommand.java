package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import io.gatehouse.kernel.control.ModuleStatus;
import io.gatehouse.kernel.plugin.PluginInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gatehouse plugin info}: everything about one plugin and its modules. */
@Command(name = "info", description = "Tells everything about one plugin of the running broker and its modules.")
final class PluginInfoCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "PLUGIN", description = "A plugin's symbolic name, a module, or a jar's name.")
    private String name = "";

    PluginInfoCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        BrokerConnection broker = new BrokerConnection(home.data(shell.environment()));
        PluginInfo plugin =
                broker.ask(new ControlRequest.PluginFiles(), ControlAnswer.PluginFiles.class).plugins().stream()
                        .filter(this::isMeant)
                        .findFirst()
                        .orElseThrow(() -> new CliFailure(
                                ExitCode.NOT_FOUND, "there is no plugin " + name + ": see `gatehouse plugin list`"));
        List<ModuleStatus> modules =
                broker.ask(new ControlRequest.Plugins(), ControlAnswer.Plugins.class).plugins().stream()
                        .filter(module ->
                                plugin.modules().contains(module.name().split("\\.", 2)[0]))
                        .toList();
        output.print(shell, new Report(plugin, modules), () -> lines(plugin, modules));
        return ExitCode.OK.code();
    }

    private boolean isMeant(PluginInfo plugin) {
        return plugin.name().equals(name)
                || plugin.file().equals(name)
                || plugin.modules().stream().anyMatch(module -> name.equals(module) || name.startsWith(module + "."));
    }

    private static List<String> lines(PluginInfo plugin, List<ModuleStatus> modules) {
        List<String> lines = new ArrayList<>();
        line(lines, "Plugin", plugin.name());
        line(lines, "Version", plugin.version());
        line(lines, "State", plugin.state().name().toLowerCase(Locale.ROOT));
        line(lines, "File", plugin.file());
        line(lines, "SHA-256", plugin.sha256());
        line(lines, "Signed by", plugin.signer().isEmpty() ? "nobody" : plugin.signer());
        line(
                lines,
                "Needs",
                plugin.capabilities().isEmpty() ? "nothing special" : String.join(", ", plugin.capabilities()));
        line(lines, "Roll back to", plugin.previous().isEmpty() ? "-" : String.join(", ", plugin.previous()));
        if (!plugin.detail().isEmpty()) {
            line(lines, "Detail", plugin.detail());
        }
        lines.add("");
        lines.addAll(PluginListCommand.table(modules));
        return lines;
    }

    private static void line(List<String> lines, String label, String value) {
        lines.add("%-13s %s".formatted(label, Plain.text(value)));
    }

    /** The shape of the JSON output. */
    record Report(PluginInfo plugin, List<ModuleStatus> modules) {
        Report {
            modules = List.copyOf(modules);
        }
    }
}
