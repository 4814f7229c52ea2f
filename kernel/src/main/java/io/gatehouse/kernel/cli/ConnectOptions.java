package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Secret;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** With which broker {@code pub} and {@code sub} connect, and as whom. */
final class ConnectOptions {
    static final int KEEP_ALIVE_SECONDS = 60;

    /** What {@code -P} without a value stands for. */
    private static final String ASK = "";

    @Option(names = "--host", paramLabel = "HOST", description = "The broker. Default: ${DEFAULT-VALUE}")
    private String host = "127.0.0.1";

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Its port for plain TCP. Default: ${DEFAULT-VALUE}")
    private int port = 1883;

    @Option(
            names = {"-u", "--username"},
            paramLabel = "NAME",
            description = "The MQTT user.")
    private @Nullable String username;

    @Option(
            names = {"-P", "--password"},
            paramLabel = "PASSWORD",
            arity = "0..1",
            fallbackValue = ASK,
            description = "The password. Without a value it is asked for on the terminal;"
                    + " as an argument other users of this machine can see it.")
    private @Nullable String password;

    @Option(names = "--password-stdin", description = "Reads the password from standard input: its first line.")
    private boolean passwordStdin;

    @Option(
            names = {"-i", "--id"},
            paramLabel = "CLIENT-ID",
            description = "The client identifier. Default: gatehouse- and a random number")
    private @Nullable String clientId;

    @Option(names = "--mqtt-version", paramLabel = "VERSION", description = "3.1, 3.1.1 or 5. Default: 5")
    private String version = "5";

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    boolean readsStandardInput() {
        return passwordStdin;
    }

    Connect connect(Shell shell) throws CliFailure {
        return new Connect(
                version(),
                true,
                KEEP_ALIVE_SECONDS,
                clientId != null ? clientId : randomId(),
                username,
                secret(shell),
                null,
                ConnectProperties.DEFAULTS);
    }

    private @Nullable Secret secret(Shell shell) throws CliFailure {
        if (password != null && passwordStdin) {
            throw new CliFailure(ExitCode.USAGE, "--password and --password-stdin exclude each other");
        }
        if (passwordStdin) {
            return PasswordOption.firstLine(shell);
        }
        if (password == null) {
            return null;
        }
        return Secret.ofUtf8(password.equals(ASK) ? shell.terminal().askSecret("Password") : password);
    }

    private MqttVersion version() throws CliFailure {
        return switch (version) {
            case "3.1" -> MqttVersion.V3_1;
            case "3.1.1" -> MqttVersion.V3_1_1;
            case "5", "5.0" -> MqttVersion.V5;
            default -> throw new CliFailure(ExitCode.USAGE, "--mqtt-version is 3.1, 3.1.1 or 5, not " + version);
        };
    }

    /** Within the 23 characters of MQTT 3.1. */
    private static String randomId() {
        return "gatehouse-"
                + HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextLong(), 12);
    }
}
