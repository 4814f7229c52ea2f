package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists that may be long: which broker is asked for them, for how much, and how they are printed. */
final class ListOptions {
    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most this many, 1 to 100,000 clients or 200,000 bans. Default: ${DEFAULT-VALUE}")
    private int limit;

    int limit() {
        return limit;
    }

    <A extends ControlAnswer> A ask(Shell shell, ControlRequest request, Class<A> answerType) throws CliFailure {
        return new BrokerConnection(home.data(shell.environment())).ask(request, answerType);
    }

    /**
     * Prints one row for each.
     *
     * @param what they are, for the sentence that there are more
     * @param truncated whether there are
     */
    <T> void print(
            Shell shell,
            String what,
            List<T> all,
            boolean truncated,
            List<String> head,
            Function<T, List<String>> row) {
        output.print(shell, all, () -> Plain.table(head, all.stream().map(row).toList()));
        if (truncated) {
            shell.err().println("gatehouse: there are more " + what + ": raise --limit");
            shell.err().flush();
        }
    }
}
