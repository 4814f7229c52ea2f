package io.gatehouse.kernel.cli;

import picocli.CommandLine.Command;

/** {@code gatehouse plugin}: what has to do with plugins and their modules. */
@Command(
        name = "plugin",
        description = "Shows and changes the plugins of the running broker.",
        synopsisSubcommandLabel = "COMMAND")
final class PluginCommand {}
