package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.control.BrokerStatus;
import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import io.gatehouse.kernel.control.ModuleStatus;
import io.gatehouse.kernel.guard.GuardReport;
import io.gatehouse.sdk.broker.Statistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse status}: how the running broker is. */
@Command(name = "status", description = "Shows how the running broker is.")
final class StatusCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private HomeOptions home = new HomeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        BrokerStatus status = new BrokerConnection(home.data(shell.environment()))
                .ask(new ControlRequest.Status(), ControlAnswer.Status.class)
                .status();
        output.print(shell, status, () -> lines(status));
        return ExitCode.OK.code();
    }

    private static List<String> lines(BrokerStatus status) {
        Statistics numbers = status.statistics();
        List<String> lines = new ArrayList<>();
        lines.add("Gatehouse " + status.version() + ", process " + status.pid() + ", up for "
                + duration(status.uptimeSeconds()) + " (since " + status.startedAt() + ")");
        status.listeners().forEach(listener -> lines.add("  listens       " + listener));
        lines.add("  clients       " + numbers.connections() + " connected, " + numbers.sessions() + " sessions, "
                + numbers.subscriptions() + " subscriptions");
        lines.add("  CONNECTs      " + numbers.connectsAccepted() + " accepted, " + numbers.connectsRefused()
                + " refused");
        lines.add("  messages      " + numbers.messagesReceived() + " received, " + numbers.messagesSent() + " sent, "
                + numbers.messagesDropped() + " dropped, " + numbers.publishesRefused() + " refused, "
                + numbers.retained() + " retained");
        lines.add(guard(status.guard()));
        for (ModuleStatus module : status.modulesNotActive()) {
            lines.add("  look at       " + Plain.text(module.name()) + ": " + Plain.text(module.detail()));
        }
        return lines;
    }

    private static String guard(GuardReport guard) {
        return "  kept out      " + (guard.connectionsBanned() + guard.connectsBanned()) + " banned, "
                + guard.connectionsTooMany() + " too many, " + guard.connectionsTooFast() + " too fast; "
                + guard.messagesRefused() + " messages too fast; " + guard.bans() + " bans, " + guard.flappingBans()
                + " for flapping";
    }

    /** Such as {@code 3d 4h 5m 6s}, without the leading zeros. */
    static String duration(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        StringBuilder text = new StringBuilder();
        if (time.toDays() > 0) {
            text.append(time.toDays()).append("d ");
        }
        if (time.toHours() > 0) {
            text.append(time.toHoursPart()).append("h ");
        }
        if (time.toMinutes() > 0) {
            text.append(time.toMinutesPart()).append("m ");
        }
        return text.append(time.toSecondsPart()).append('s').toString();
    }
}
