package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.BenchPlan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What goes through a fan, and how its subscribers subscribe. */
final class BenchFanOptions {
    @Mixin
    private BenchMessageOptions messages = new BenchMessageOptions();

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "What subscribers subscribe to. Default: the topic, with + for levels that have %%i or %%c")
    private @Nullable String filter;

    /** A name that cannot be part of a filter is refused by the broker. */
    @Option(
            names = "--shared",
            paramLabel = "GROUP",
            description = "Shares the messages among the subscribers: $share/GROUP/FILTER.")
    private @Nullable String group;

    BenchPlan.Traffic traffic(String usualTopic) throws CliFailure {
        return messages.traffic(usualTopic, true, filter, group);
    }

    BenchPlan.Timing timing(Duration interval) throws CliFailure {
        return messages.timing(interval);
    }
}
