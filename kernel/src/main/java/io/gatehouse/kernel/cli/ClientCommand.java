package io.gatehouse.kernel.cli;

import picocli.CommandLine.Command;

/** {@code gatehouse client}: what has to do with MQTT clients. */
@Command(name = "client", description = "Lists and disconnects MQTT clients.", synopsisSubcommandLabel = "COMMAND")
final class ClientCommand {}
