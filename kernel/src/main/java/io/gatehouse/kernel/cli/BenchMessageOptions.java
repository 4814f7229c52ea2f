package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.BenchPlan;
import io.gatehouse.sdk.mqtt.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The messages that {@code gatehouse bench} sends. */
final class BenchMessageOptions {
    /** A little less than MQTT's largest packet, for topic and headers. */
    private static final int LARGEST = 268_000_000;

    /** What a measured message needs for its stamp. */
    private static final int STAMP = 16;

    private static final int MOST_IN_FLIGHT = 65_535;
    private static final double HIGHEST_RATE = 100_000_000;
    private static final Duration LONGEST_WARM_UP = Duration.ofHours(1);
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(10);
    private static final Duration USUAL_DURATION = Duration.ofSeconds(10);

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC",
            description = "Where to publish; %%i stands for the number of the publisher, %%c for its client identifier."
                    + " Default: bench/ and the command, and the number where each has its own")
    private @Nullable String topic;

    @Option(
            names = {"-q", "--qos"},
            paramLabel = "QOS",
            description = "Quality of service 0, 1 or 2. Default: ${DEFAULT-VALUE}")
    private int qos;

    @Option(
            names = {"-r", "--retain"},
            description = "Lets the broker keep the last message of each topic.")
    private boolean retain;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "Of each payload, such as 256 or 4KiB. 16 are needed to measure deliveries."
                    + " Default: ${DEFAULT-VALUE}")
    private String size = "256";

    @Option(
            names = "--payload-file",
            paramLabel = "FILE",
            description = "Sends this instead of random bytes; the first 16 bytes are written over.")
    private @Nullable Path payloadFile;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages in a second, of all publishers together, on a schedule; 0: as fast as the window"
                    + " permits. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(
            names = {"--window", "--inflight"},
            paramLabel = "N",
            description =
                    "How many messages of a publisher may be under way: not acknowledged (QoS 1 and 2), and without"
                            + " --rate not delivered. Default: ${DEFAULT-VALUE}")
    private int window = 100;

    @Option(
            names = {"-n", "--messages"},
            paramLabel = "N",
            description = "Ends when so many are sent, warm-up included. Default: the time decides")
    private @Nullable Long messages;

    @Option(
            names = {"-d", "--duration"},
            paramLabel = "TIME",
            description = "How long to measure. Default: 10s, or until all --messages are sent")
    private @Nullable String duration;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            description = "Sends for so long before it measures. Default: 2s, with --messages 0s")
    private @Nullable String warmUp;

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            description = "How long to wait at the end for what is under way. Default: ${DEFAULT-VALUE}")
    private String drain = "5s";

    /**
     * What is sent.
     *
     * @param usualTopic where no other is given
     * @param delivered whether this process gets its own messages, and needs the stamp
     * @param group of a shared subscription, or null
     */
    BenchPlan.Traffic traffic(String usualTopic, boolean delivered, @Nullable String filter, @Nullable String group)
            throws CliFailure {
        Payload payload = payload();
        if (delivered && payload.length() < STAMP) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "--size: a payload of less than 16 bytes has no room for the stamp that tells latency and losses:"
                            + " make it larger, or use `gatehouse bench pub`");
        }
        return new BenchPlan.Traffic(
                checked(topic != null ? topic : usualTopic),
                filter,
                group,
                PubCommand.qos(qos),
                retain,
                payload,
                Bounds.within("--rate", rate, 0, HIGHEST_RATE),
                (int) Bounds.within("--window", window, 1, MOST_IN_FLIGHT),
                messages == null ? Long.MAX_VALUE : Bounds.within("--messages", messages, 1, BenchTime.MOST_MESSAGES));
    }

    private static String checked(String topic) throws CliFailure {
        if (topic.isEmpty() || topic.contains("+") || topic.contains("#")) {
            throw new CliFailure(
                    ExitCode.USAGE, "--topic is a topic name without wildcards + and #, not \"" + topic + "\"");
        }
        return topic;
    }

    private Payload payload() throws CliFailure {
        if (payloadFile == null) {
            byte[] random = new byte[Bounds.size("--size", size, LARGEST)];
            new Random(1).nextBytes(random); // the same each time, and nothing that a network would compress
            return Payload.ofOwned(random);
        }
        try (InputStream in = Files.newInputStream(payloadFile)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            Bounds.within("the size of --payload-file", bytes.length, 0, LARGEST);
            return Payload.ofOwned(bytes);
        } catch (IOException unreadable) {
            throw new CliFailure(ExitCode.USAGE, "--payload-file: " + payloadFile + " cannot be read");
        }
    }

    BenchPlan.Timing timing(Duration interval) throws CliFailure {
        Optional<Duration> time = BenchTime.duration(duration);
        if (time.isEmpty() && messages == null) {
            time = Optional.of(USUAL_DURATION);
        }
        String usualWarmUp = messages == null ? "2s" : "0";
        return new BenchPlan.Timing(
                Bounds.time("--warm-up", warmUp != null ? warmUp : usualWarmUp, Duration.ZERO, LONGEST_WARM_UP),
                time,
                Bounds.time("--drain", drain, Duration.ZERO, LONGEST_DRAIN),
                interval);
    }
}
