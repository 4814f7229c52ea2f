package io.gatehouse.kernel.cli;

import picocli.CommandLine.Command;

/** {@code gatehouse user}: what has to do with MQTT users. */
@Command(
        name = "user",
        description = "Manages the MQTT users of the running broker.",
        synopsisSubcommandLabel = "COMMAND")
final class UserCommand {}
