package io.gatehouse.kernel.cli;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse pub}: publishes one message over plain TCP. */
@Command(name = "pub", description = "Publishes one message over plain TCP.")
final class PubCommand implements Callable<Integer> {
    /** What a PUBLISH can carry. */
    private static final int MAX_PAYLOAD = 268_435_455;

    private final Shell shell;

    @Mixin
    private ConnectOptions connection = new ConnectOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC",
            required = true,
            description = "The topic to publish to.")
    private String topic = "";

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(
            names = {"-q", "--qos"},
            paramLabel = "QOS",
            description = "Quality of service 0, 1 or 2. Default: ${DEFAULT-VALUE}")
    private int qos;

    @Option(
            names = {"-r", "--retain"},
            description = "Lets the broker keep the message for those who subscribe later.")
    private boolean retain;

    PubCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        Message message =
                new Message(topic, source.payload(shell, connection), qos(qos), retain, MessageProperties.NONE);
        try (MqttConversation broker = MqttConversation.open(connection, shell)) {
            broker.publish(message);
        }
        output.print(
                shell,
                Map.of("topic", topic, "bytes", message.payload().length(), "qos", qos, "retain", retain),
                List::of);
        return ExitCode.OK.code();
    }

    static Qos qos(int level) throws CliFailure {
        if (level < 0 || level > 2) {
            throw new CliFailure(ExitCode.USAGE, "--qos is 0, 1 or 2, not " + level);
        }
        return Qos.of(level);
    }

    /** Exactly one of them. */
    static final class Source {
        @Option(
                names = {"-m", "--message"},
                paramLabel = "TEXT",
                description = "The message, as text. An empty one with --retain removes the retained message.")
        private @Nullable String text;

        @Option(
                names = {"-s", "--stdin"},
                description = "Reads the message from standard input, all of it, as it is.")
        private boolean stdin;

        private Payload payload(Shell shell, ConnectOptions connection) throws CliFailure {
            if (!stdin) {
                return Payload.ofUtf8(Objects.requireNonNull(text));
            }
            if (connection.readsStandardInput()) {
                throw new CliFailure(
                        ExitCode.USAGE, "standard input cannot be the password and the message: use --message or -P");
            }
            try {
                byte[] bytes = shell.in().readNBytes(MAX_PAYLOAD);
                return Payload.ofOwned(bytes);
            } catch (IOException unreadable) {
                throw new CliFailure(ExitCode.FAILED, "standard input cannot be read: " + unreadable.getMessage());
            }
        }
    }
}
