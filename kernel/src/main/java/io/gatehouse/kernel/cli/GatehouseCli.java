package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ControlRequest.PluginChange;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;

/** The command {@code gatehouse}. */
@Command(
        name = "gatehouse",
        description = "An MQTT broker in which every gate is a module.",
        versionProvider = GatehouseCli.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Exit codes and output shapes: docs/cli.md"})
public final class GatehouseCli {
    private static final int LEAST_CARRIERS = 32;

    /** The commands that run a broker in this process. */
    private static final Set<String> BROKERS = Set.of(RunCommand.NAME, DevCommand.NAME);

    GatehouseCli() {}

    /** Runs one command and ends the process with its exit code: threads of the framework would keep it alive. */
    public static void main(String[] arguments) {
        if (arguments.length == 0 || !BROKERS.contains(arguments[0])) {
            doNotLog();
        } else {
            addCarriers();
        }
        ProcessStop stop = new ProcessStop();
        int code = commandLine(Shell.ofProcess(stop)).execute(arguments);
        stop.commandEnded();
        System.exit(code);
    }

    /**
     * Virtual threads run on as many carriers as there are processors. A few calls of plugins that compute without end would keep them
     * all; with more of them, the operating system lets the others have their share. Has to come before the first virtual thread.
     */
    private static void addCarriers() {
        String carriers = "jdk.virtualThreadScheduler.parallelism";
        if (System.getProperty(carriers) == null) {
            int several = Math.max(LEAST_CARRIERS, 4 * Runtime.getRuntime().availableProcessors());
            System.setProperty(carriers, Integer.toString(several));
        }
    }

    /** Only a broker logs; a command says what it has to say itself, and libraries nothing. Has to come before the first logger. */
    private static void doNotLog() {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    }

    /** The whole command line; each command gets the shell by hand. */
    static CommandLine commandLine(Shell shell) {
        CommandLine line = new CommandLine(new GatehouseCli())
                .addSubcommand(new RunCommand(shell))
                .addSubcommand(new DevCommand(shell))
                .addSubcommand(new StatusCommand(shell))
                .addSubcommand(new CommandLine(new ConfigCommand())
                        .addSubcommand(new ConfigCheckCommand(shell))
                        .addSubcommand(new ConfigShowCommand(shell)))
                .addSubcommand(plugins(shell))
                .addSubcommand(new CommandLine(new UserCommand())
                        .addSubcommand(new UserAddCommand(shell))
                        .addSubcommand(new UserRemoveCommand(shell))
                        .addSubcommand(new UserListCommand(shell))
                        .addSubcommand(new UserPasswordCommand(shell)))
                .addSubcommand(new CommandLine(new ClientCommand())
                        .addSubcommand(new ClientListCommand(shell))
                        .addSubcommand(new ClientKickCommand(shell)))
                .addSubcommand(new CommandLine(new BanCommand())
                        .addSubcommand(new BanAddCommand(shell))
                        .addSubcommand(new BanRemoveCommand(shell))
                        .addSubcommand(new BanListCommand(shell)))
                .addSubcommand(new PubCommand(shell))
                .addSubcommand(new SubCommand(shell))
                .addSubcommand(bench(shell))
                .addSubcommand(new CompletionCommand(shell));
        addHelp(line);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("--version")
                        .versionHelp(true)
                        .arity("0")
                        .description("Prints the version.")
                        .build());
        return line.setOut(shell.out())
                .setErr(shell.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(shell.terminal().interactive() ? Ansi.AUTO : Ansi.OFF))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(shell, failure));
    }

    private static CommandLine plugins(Shell shell) {
        CommandLine plugins = new CommandLine(new PluginCommand())
                .addSubcommand(new PluginListCommand(shell))
                .addSubcommand(new PluginInfoCommand(shell))
                .addSubcommand(new PluginNewCommand(shell))
                .addSubcommand(new PluginVerifyCommand(shell))
                .addSubcommand(new PluginSignCommand(shell));
        for (PluginChange change : PluginChange.values()) {
            CommandLine command = new CommandLine(new PluginChangeCommand(shell, change));
            command.getCommandSpec().usageMessage().description(PluginChangeCommand.description(change));
            plugins.addSubcommand(change.name().toLowerCase(Locale.ROOT), command);
        }
        return plugins;
    }

    private static CommandLine bench(Shell shell) {
        return new CommandLine(new BenchCommand())
                .addSubcommand(new BenchConnectCommand(shell))
                .addSubcommand(new BenchPubCommand(shell))
                .addSubcommand(new BenchSubCommand(shell))
                .addSubcommand(new BenchPairsCommand(shell))
                .addSubcommand(new BenchFanInCommand(shell))
                .addSubcommand(new BenchFanOutCommand(shell));
    }

    private static void addHelp(CommandLine line) {
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .arity("0")
                        .description("Shows this help.")
                        .build());
        line.getSubcommands().values().forEach(GatehouseCli::addHelp);
    }

    private static int report(Shell shell, Exception failure) throws Exception {
        if (!(failure instanceof CliFailure known)) {
            throw failure;
        }
        shell.err().println("gatehouse: " + Plain.text(known.sentence()));
        shell.err().flush();
        return known.exitCode().code();
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = GatehouseCli.class.getPackage().getImplementationVersion();
            return new String[] {"gatehouse " + (version == null ? "(not from a release)" : version)};
        }
    }
}
