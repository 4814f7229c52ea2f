package io.gatehouse.kernel.cli;

import picocli.CommandLine.Command;

/** {@code gatehouse bench}: the load tool. */
@Command(
        name = "bench",
        description = "Puts load on any MQTT broker and measures it.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "What it measures and how: docs/bench.md"})
final class BenchCommand {}
