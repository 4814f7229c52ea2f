package io.gatehouse.kernel.cli;

import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which MQTT broker is meant, in which version, and as which user. */
final class BrokerOptions {
    /** What {@code -P} without a value stands for. */
    private static final String ASK = "";

    @Option(names = "--host", paramLabel = "HOST", description = "The broker. Default: ${DEFAULT-VALUE}")
    private String host = "127.0.0.1";

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Its port. Default: 1883, with TLS 8883")
    private @Nullable Integer port;

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
            names = "--password-file",
            paramLabel = "FILE",
            description = "Reads the password from a file: its first line.")
    private @Nullable Path passwordFile;

    @Option(names = "--mqtt-version", paramLabel = "VERSION", description = "3.1, 3.1.1 or 5. Default: 5")
    private String version = "5";

    String host() {
        return host;
    }

    int port(int usual) throws CliFailure {
        return port == null ? usual : (int) Bounds.within("--port", port, 1, 65_535);
    }

    @Nullable
    String username() {
        return username;
    }

    boolean readsStandardInput() {
        return passwordStdin;
    }

    @Nullable
    Secret secret(Shell shell) throws CliFailure {
        if (Stream.of(password, passwordFile).filter(Objects::nonNull).count() + (passwordStdin ? 1 : 0) > 1) {
            throw new CliFailure(ExitCode.USAGE, "--password, --password-stdin and --password-file exclude each other");
        }
        if (passwordStdin) {
            return PasswordOption.firstLine(shell.in(), "standard input");
        }
        if (passwordFile != null) {
            try (InputStream in = Files.newInputStream(passwordFile)) {
                return PasswordOption.firstLine(in, passwordFile.toString());
            } catch (IOException unreadable) {
                throw new CliFailure(ExitCode.USAGE, "--password-file: " + passwordFile + " cannot be read");
            }
        }
        if (password == null) {
            return null;
        }
        return Secret.ofUtf8(password.equals(ASK) ? shell.terminal().askSecret("Password") : password);
    }

    MqttVersion version() throws CliFailure {
        return switch (version) {
            case "3.1" -> MqttVersion.V3_1;
            case "3.1.1" -> MqttVersion.V3_1_1;
            case "5", "5.0" -> MqttVersion.V5;
            default -> throw new CliFailure(ExitCode.USAGE, "--mqtt-version is 3.1, 3.1.1 or 5, not " + version);
        };
    }
}
