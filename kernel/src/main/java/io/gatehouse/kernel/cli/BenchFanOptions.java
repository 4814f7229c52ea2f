package io.gatehouse.kernel.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the subscribers of a fan subscribe. */
final class BenchFanOptions {
    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "What subscribers subscribe to. Default: the topic, with + for levels that have %%i or %%c")
    private @Nullable String filter;

    @Option(
            names = "--shared",
            paramLabel = "GROUP",
            description = "Shares the messages among the subscribers: $share/GROUP/FILTER.")
    private @Nullable String group;

    @Nullable
    String filter() {
        return filter;
    }

    /** A name that cannot be part of a filter is refused by the broker. */
    @Nullable
    String group() {
        return group;
    }
}
