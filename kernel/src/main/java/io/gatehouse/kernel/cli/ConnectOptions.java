package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** With which broker {@code pub} and {@code sub} connect, and as whom. */
final class ConnectOptions {
    static final int KEEP_ALIVE_SECONDS = 60;
    private static final int PLAIN_PORT = 1883;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Option(
            names = {"-i", "--id"},
            paramLabel = "CLIENT-ID",
            description = "The client identifier. Default: gatehouse- and a random number")
    private @Nullable String clientId;

    String host() {
        return broker.host();
    }

    int port() throws CliFailure {
        return broker.port(PLAIN_PORT);
    }

    boolean readsStandardInput() {
        return broker.readsStandardInput();
    }

    Connect connect(Shell shell) throws CliFailure {
        return new Connect(
                broker.version(),
                true,
                KEEP_ALIVE_SECONDS,
                clientId != null ? clientId : randomId(),
                broker.username(),
                broker.secret(shell),
                null,
                ConnectProperties.DEFAULTS);
    }

    /** Within the 23 characters of MQTT 3.1. */
    private static String randomId() {
        return "gatehouse-"
                + HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextLong(), 12);
    }
}
