package io.gatehouse.kernel.cli;

import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse sub}: prints messages as they come. */
@Command(name = "sub", description = "Subscribes over plain TCP and prints messages as they come, until Ctrl-C.")
final class SubCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private ConnectOptions connection = new ConnectOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "FILTER",
            required = true,
            description = "The topic filter, with + and # as wildcards; may be repeated.")
    private List<String> filters = new ArrayList<>();

    @Option(
            names = {"-q", "--qos"},
            paramLabel = "QOS",
            description = "The highest quality of service, 0, 1 or 2. Default: ${DEFAULT-VALUE}")
    private int qos;

    @Option(
            names = {"-v", "--verbose"},
            description = "Prints the topic before the message.")
    private boolean verbose;

    @Option(
            names = {"-C", "--count"},
            paramLabel = "N",
            description = "Ends after N messages. Default: never")
    private long count = Long.MAX_VALUE;

    SubCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        Qos maximum = PubCommand.qos(qos);
        MessagePrinter printer = new MessagePrinter(shell, output.format(), verbose);
        try (MqttConversation broker = MqttConversation.open(connection, shell)) {
            broker.subscribe(filters, maximum);
            shell.onStop().accept(() -> {});
            for (long i = 0; i < count; i++) {
                printer.print(broker.nextMessage());
            }
        } catch (IOException nobodyReads) {
            throw new CliFailure(ExitCode.FAILED, "standard output was closed");
        }
        return ExitCode.OK.code();
    }
}
