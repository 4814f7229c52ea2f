package io.gatehouse.kernel.cli;

import picocli.CommandLine.Command;

/** {@code gatehouse config}: what has to do with configuration. */
@Command(name = "config", description = "Checks and shows the configuration.", synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {}
