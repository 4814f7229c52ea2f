package io.gatehouse.kernel.cli;

import picocli.CommandLine.Command;

/** {@code gatehouse plugin}: what has to do with modules. */
@Command(
        name = "plugin",
        description = "Shows the modules of the running broker; checks and signs plugins.",
        synopsisSubcommandLabel = "COMMAND")
final class PluginCommand {}
