package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.broker.BoundsReport;
import io.gatehouse.kernel.control.BrokerStatus;
import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlRequest;
import io.gatehouse.kernel.control.ModuleStatus;
import io.gatehouse.kernel.guard.GuardReport;
import io.gatehouse.sdk.broker.Statistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
        lines.addAll(bounds(status.bounds()));
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

    /** What the bounds did, as far as they did anything. */
    private static List<String> bounds(BoundsReport bounds) {
        List<String> lines = new ArrayList<>();
        lines.add("  memory        " + bounds.memory());
        add(lines, "dropped       ", new TreeMap<>(bounds.dropped()));
        Map<String, Long> refused = new LinkedHashMap<>();
        refused.put("sessions", bounds.sessionsRefused());
        refused.put("retained", bounds.retainedRefused());
        refused.put("messages", bounds.publishesRefused());
        add(lines, "no room for   ", refused);
        Map<String, Long> slow = new LinkedHashMap<>();
        slow.put("disconnected", bounds.slowConsumers());
        slow.put("disconnected with a full queue", bounds.overflowed());
        add(lines, "slow clients  ", slow);
        add(lines, "publishers    ", Map.of("pauses", bounds.publishersHeld()));
        add(lines, "PROXY headers ", Map.of("refused", bounds.proxyHeadersRefused()));
        return lines;
    }

    private static void add(List<String> lines, String name, Map<String, Long> counts) {
        String text = counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
        if (!text.isEmpty()) {
            lines.add("  " + name + text);
        }
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
