package io.gatehouse.kernel.control;

import io.gatehouse.kernel.broker.BoundsReport;
import io.gatehouse.kernel.control.ControlAnswer.Failed;
import io.gatehouse.kernel.control.ControlAnswer.Reason;
import io.gatehouse.kernel.guard.Guard;
import io.gatehouse.kernel.plugin.PluginAdministration;
import io.gatehouse.kernel.plugin.PluginOutcome;
import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.broker.BrokerView;
import io.gatehouse.sdk.broker.ModuleInfo;
import io.gatehouse.sdk.broker.SessionInfo;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.users.UserDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out control requests on a broker. Any thread may call; a call may block for as long as a module that keeps users does. */
public final class ControlCommands {
    static final int MAX_CLIENTS = 100_000;
    static final int MAX_USERS = 1_000;
    private static final Duration KICK_DEADLINE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(ControlCommands.class);

    private final Broker broker;
    private final Supplier<Optional<UserDirectory>> users;
    private final Supplier<PluginAdministration> plugins;
    private final Guard guard;
    private final BanCommands bans;
    private final Supplier<String> maskedConfig;
    private final Supplier<List<String>> listeners;
    private final String version;
    private final Supplier<BoundsReport> bounds;
    private final Clock clock;

    /**
     * Commands on this broker.
     *
     * @param users the directory that {@code gatehouse user} changes; empty when no module offers one at the moment
     * @param plugins what operators can do with plugins
     * @param guard whose bans {@code gatehouse ban} changes
     * @param maskedConfig the effective configuration as text without secrets
     * @param listeners one line for each listener, such as {@code tcp.default 127.0.0.1:1883}
     * @param version of Gatehouse
     * @param bounds what the bounds of the broker did so far
     */
    public ControlCommands(
            Broker broker,
            Supplier<Optional<UserDirectory>> users,
            Supplier<PluginAdministration> plugins,
            Guard guard,
            Supplier<String> maskedConfig,
            Supplier<List<String>> listeners,
            String version,
            Supplier<BoundsReport> bounds) {
        this(broker, users, plugins, guard, maskedConfig, listeners, version, bounds, Clock.systemUTC());
    }

    ControlCommands(
            Broker broker,
            Supplier<Optional<UserDirectory>> users,
            Supplier<PluginAdministration> plugins,
            Guard guard,
            Supplier<String> maskedConfig,
            Supplier<List<String>> listeners,
            String version,
            Supplier<BoundsReport> bounds,
            Clock clock) {
        this.broker = broker;
        this.users = users;
        this.plugins = plugins;
        this.guard = guard;
        this.bans = new BanCommands(guard.administration(), clock);
        this.maskedConfig = maskedConfig;
        this.listeners = listeners;
        this.version = version;
        this.bounds = bounds;
        this.clock = clock;
    }

    /** Does what is asked. Never throws: what goes wrong is an answer. */
    ControlAnswer execute(ControlRequest request) {
        try {
            return switch (request) {
                case ControlRequest.Status status -> status();
                case ControlRequest.Clients clients -> clients(clients.limit());
                case ControlRequest.Kick kick -> kick(kick.clientId());
                case ControlRequest.Plugins plugins ->
                    new ControlAnswer.Plugins(broker.view().modules().stream()
                            .map(ModuleStatus::of)
                            .toList());
                case ControlRequest.PluginFiles files ->
                    new ControlAnswer.PluginFiles(plugins.get().plugins());
                case ControlRequest.ChangePlugin change -> answer(outcome(change));
                case ControlRequest.AddUser add ->
                    onUsers(directory -> directory.add(add.userId(), add.password(), add.superuser())
                            ? new ControlAnswer.Done()
                            : new Failed(
                                    Reason.EXISTS,
                                    "there is already a user \"" + add.userId()
                                            + "\": change the password with `gatehouse user passwd`"));
                case ControlRequest.RemoveUser remove ->
                    onUsers(directory ->
                            directory.remove(remove.userId()) ? new ControlAnswer.Done() : noUser(remove.userId()));
                case ControlRequest.ChangePassword change ->
                    onUsers(directory -> directory.changePassword(change.userId(), change.password())
                            ? new ControlAnswer.Done()
                            : noUser(change.userId()));
                case ControlRequest.Users page -> users(page);
                case ControlRequest.AddBan add -> bans.add(add);
                case ControlRequest.RemoveBan remove -> bans.remove(remove);
                case ControlRequest.Bans page -> bans.list(page);
                case ControlRequest.ShowConfig show -> new ControlAnswer.Config(maskedConfig.get());
            };
        } catch (RuntimeException failure) {
            LOG.warn("The control command {} failed", request.getClass().getSimpleName(), failure);
            return new Failed(Reason.ERROR, "the broker failed to do this; its log says why");
        }
    }

    private ControlAnswer status() {
        BrokerView view = broker.view();
        Instant started = view.startedAt();
        List<ModuleStatus> notActive = view.modules().stream()
                .filter(module -> module.state() != ModuleInfo.State.ACTIVE)
                .map(ModuleStatus::of)
                .toList();
        return new ControlAnswer.Status(new BrokerStatus(
                version,
                ProcessHandle.current().pid(),
                started.toString(),
                Duration.between(started, clock.instant()).toSeconds(),
                listeners.get(),
                view.statistics(),
                guard.report(),
                bounds.get(),
                notActive));
    }

    private ControlAnswer clients(int limit) {
        if (limit < 1 || limit > MAX_CLIENTS) {
            return new Failed(Reason.BAD_REQUEST, "the limit must be 1 to 100,000, not " + limit);
        }
        List<SessionInfo> sessions = broker.view().sessions(Math.min(limit + 1, MAX_CLIENTS));
        return new ControlAnswer.Clients(
                sessions.stream()
                        .limit(limit)
                        .map(ClientStatus::of)
                        .sorted(Comparator.comparing(ClientStatus::clientId))
                        .toList(),
                sessions.size() > limit);
    }

    private ControlAnswer kick(String clientId) {
        try {
            boolean connected = broker.disconnect(clientId, ReasonCode.ADMINISTRATIVE_ACTION)
                    .toCompletableFuture()
                    .get(KICK_DEADLINE.toSeconds(), TimeUnit.SECONDS);
            return connected
                    ? new ControlAnswer.Done()
                    : new Failed(Reason.NOT_FOUND, "no client \"" + clientId + "\" is connected");
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("disconnecting a client failed", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Failed(Reason.ERROR, "the broker is stopping");
        }
    }

    private PluginOutcome outcome(ControlRequest.ChangePlugin change) {
        PluginAdministration administration = plugins.get();
        return switch (change.change()) {
            case INSTALL -> administration.install(Path.of(change.target()));
            case UPGRADE -> administration.upgrade(Path.of(change.target()));
            case ROLLBACK -> administration.rollback(change.target());
            case ENABLE -> administration.enable(change.target());
            case DISABLE -> administration.disable(change.target());
            case REMOVE -> administration.remove(change.target());
        };
    }

    private static ControlAnswer answer(PluginOutcome outcome) {
        return switch (outcome) {
            case PluginOutcome.Done done -> new ControlAnswer.Told(done.sentence());
            case PluginOutcome.NotFound nobody -> new Failed(Reason.NOT_FOUND, nobody.sentence());
            case PluginOutcome.Exists exists -> new Failed(Reason.EXISTS, exists.sentence());
            case PluginOutcome.Refused refused -> new Failed(Reason.REFUSED, refused.sentence());
        };
    }

    private ControlAnswer users(ControlRequest.Users page) {
        if (page.limit() < 1 || page.limit() > MAX_USERS) {
            return new Failed(Reason.BAD_REQUEST, "the limit must be 1 to 1,000, not " + page.limit());
        }
        return onUsers(directory -> new ControlAnswer.Users(directory.list(page.after(), page.limit())));
    }

    private ControlAnswer onUsers(Function<UserDirectory, ControlAnswer> action) {
        Optional<UserDirectory> directory = users.get();
        if (directory.isEmpty()) {
            return new Failed(
                    Reason.UNAVAILABLE,
                    "no active module keeps users: put auth-builtin into authentication.chain, or see `gatehouse plugin list`");
        }
        try {
            return action.apply(directory.get());
        } catch (IllegalArgumentException refused) {
            String sentence = refused.getMessage();
            return new Failed(Reason.REFUSED, sentence == null ? "the name or the password was refused" : sentence);
        }
    }

    private static Failed noUser(String userId) {
        return new Failed(Reason.NOT_FOUND, "there is no user \"" + userId + "\"");
    }
}
