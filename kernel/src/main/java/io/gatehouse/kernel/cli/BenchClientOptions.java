package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.BenchPlan;
import io.gatehouse.kernel.bench.TlsSettings;
import io.gatehouse.sdk.mqtt.MqttVersion;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The clients of {@code gatehouse bench}: where they connect, as whom, and how. */
final class BenchClientOptions {
    static final int MOST_CLIENTS = 1_000_000;

    private static final int PLAIN_PORT = 1883;
    private static final int TLS_PORT = 8883;
    private static final int MOST_THREADS = 256;
    private static final int USUAL_MOST_THREADS = 8;
    private static final int MOST_ADDRESSES = 1_000;
    private static final int CONNECT_WINDOW = 100;
    private static final double HIGHEST_RATE = 1_000_000;
    private static final long LONGEST_EXPIRY = 4_294_967_295L;

    /** A letter for the role and a number of up to six digits follow the prefix, with an r between in a rehearsal. */
    private static final int LONGEST_PREFIX = 23 - 8;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Option(
            names = "--connect-rate",
            paramLabel = "N",
            description =
                    "Connections in a second, in all; 0: as fast as the broker answers. Default: ${DEFAULT-VALUE}")
    private double connectRate;

    @Option(
            names = "--client-prefix",
            paramLabel = "TEXT",
            description = "What client identifiers begin with; p, s or c and a number follow."
                    + " Default: bench- and a random number")
    private @Nullable String prefix;

    @Option(
            names = "--keep-alive",
            paramLabel = "SECONDS",
            description = "0 to 65,535; 0: none. Default: ${DEFAULT-VALUE}")
    private int keepAlive = 60;

    @Option(
            names = "--clean",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Begins with new sessions; --no-clean resumes those of an earlier run with the same prefix.")
    private boolean clean = true;

    @Option(
            names = "--session-expiry",
            paramLabel = "SECONDS",
            description = "How long sessions outlive their connection (MQTT 5). Default: ${DEFAULT-VALUE}")
    private long sessionExpiry;

    @Option(
            names = "--bind-address",
            paramLabel = "ADDRESS",
            split = ",",
            description = "Where connections come from, in turn; several allow more than 64,000 of them.")
    private List<String> bindAddresses = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that send and receive. Default: half as many as processors, at most 8")
    private int threads = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, USUAL_MOST_THREADS);

    @Option(names = "--no-reconnect", description = "Leaves it at that when a connection is lost.")
    private boolean noReconnect;

    BenchPlan.Target target() throws CliFailure {
        Optional<TlsSettings> settings = tls.settings();
        Bounds.within("the number of --bind-address", bindAddresses.size(), 0, MOST_ADDRESSES);
        int port = broker.port(settings.isPresent() ? TLS_PORT : PLAIN_PORT);
        return new BenchPlan.Target(broker.host(), port, settings, bindAddresses);
    }

    BenchPlan.Identity identity(Shell shell) throws CliFailure {
        MqttVersion version = broker.version();
        String begin = prefix != null ? prefix : randomPrefix();
        if (version == MqttVersion.V3_1 && begin.length() > LONGEST_PREFIX) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "--client-prefix has at most " + LONGEST_PREFIX
                            + " characters in MQTT 3.1, whose client identifiers have 23: shorten it");
        }
        if (version != MqttVersion.V5 && sessionExpiry != 0) {
            throw new CliFailure(ExitCode.USAGE, "--session-expiry needs --mqtt-version 5: older ones have --no-clean");
        }
        return new BenchPlan.Identity(
                version,
                broker.username(),
                broker.secret(shell),
                begin,
                (int) Bounds.within("--keep-alive", keepAlive, 0, 65_535),
                clean,
                Bounds.within("--session-expiry", sessionExpiry, 0, LONGEST_EXPIRY));
    }

    BenchPlan.Crew crew(int idle, int publishers, int subscribers) throws CliFailure {
        return crew(idle, publishers, subscribers, connectRate, CONNECT_WINDOW);
    }

    /** With another rate and window than the usual ones. */
    BenchPlan.Crew crew(int idle, int publishers, int subscribers, double rate, int window) throws CliFailure {
        return new BenchPlan.Crew(
                idle,
                publishers,
                subscribers,
                (int) Bounds.within("--threads", threads, 1, MOST_THREADS),
                Bounds.within("--connect-rate", rate, 0, HIGHEST_RATE),
                window,
                !noReconnect);
    }

    double connectRate() {
        return connectRate;
    }

    private static String randomPrefix() {
        return "bench-"
                + HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextLong(), 5) + "-";
    }
}
