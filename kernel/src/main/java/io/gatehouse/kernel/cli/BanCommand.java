package io.gatehouse.kernel.cli;

import picocli.CommandLine.Command;

/** {@code gatehouse ban}: who may not connect. */
@Command(
        name = "ban",
        description = "Keeps clients away from the running broker, across restarts.",
        synopsisSubcommandLabel = "COMMAND")
final class BanCommand {}
