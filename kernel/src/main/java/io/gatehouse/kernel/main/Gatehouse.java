package io.gatehouse.kernel.main;

import io.gatehouse.kernel.broker.BoundsReport;
import io.gatehouse.kernel.broker.BrokerCore;
import io.gatehouse.kernel.broker.Settings;
import io.gatehouse.kernel.broker.SystemTopics;
import io.gatehouse.kernel.config.ConfigLoader;
import io.gatehouse.kernel.config.ConfigProblem;
import io.gatehouse.kernel.config.ConfigResult;
import io.gatehouse.kernel.config.ConfigShow;
import io.gatehouse.kernel.config.ConfigWatcher;
import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.Installation;
import io.gatehouse.kernel.control.ControlCommands;
import io.gatehouse.kernel.control.ControlServer;
import io.gatehouse.kernel.guard.Bans;
import io.gatehouse.kernel.guard.Guard;
import io.gatehouse.kernel.memory.HeapGauge;
import io.gatehouse.kernel.memory.MemoryGuard;
import io.gatehouse.kernel.memory.WaitingBytes;
import io.gatehouse.kernel.plugin.KernelServices;
import io.gatehouse.kernel.plugin.PluginAdministration;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.kernel.plugin.host.PluginHost;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.kernel.transport.DirectMemory;
import io.gatehouse.kernel.transport.EventLoops;
import io.gatehouse.kernel.transport.Listeners;
import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.broker.ModuleInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole broker: wired by hand, started in the order in which one part needs another, stopped in the opposite one. Several may run in one
 * process.
 */
public final class Gatehouse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gatehouse.class);
    private static final int FAILED = 1;
    private static final int BAD_CONFIGURATION = 78;
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private final Installation installation;
    private final Settings settings;
    private final PluginHost plugins;
    private final Broker broker;
    private final SystemTopics systemTopics;
    private final Guard guard;
    private final Supplier<BoundsReport> bounds;
    private final Listeners listeners;
    private final KernelServices services;
    private final AtomicReference<@Nullable ConfigWatcher> files = new AtomicReference<>();
    private volatile ConfigResult configuration;

    /**
     * Starts a broker; it listens when this returns. Blocks for a second or so.
     *
     * @param environment for {@code ${?NAME}} in the configuration
     * @throws StartFailure with one sentence for each problem; then nothing is left running
     */
    public static Gatehouse start(Installation installation, Map<String, String> environment) throws StartFailure {
        ConfigLoader loader = new ConfigLoader(installation, environment);
        ConfigResult configuration = loader.load();
        if (configuration.config() == null) {
            throw new StartFailure(BAD_CONFIGURATION, sentences(configuration.errors()));
        }
        configuration.warnings().forEach(warning -> LOG.warn("{}", warning));
        DataDirectory data = DataDirectory.open(installation.data());
        Gatehouse gatehouse = new Gatehouse(installation, configuration, data, bans(installation, data));
        try {
            gatehouse.run(loader);
            return gatehouse;
        } catch (StartFailure | RuntimeException failure) {
            gatehouse.close();
            throw failure;
        }
    }

    private static Bans bans(Installation installation, DataDirectory data) throws StartFailure {
        try {
            return Bans.open(installation.data());
        } catch (IOException e) {
            close(data);
            throw new StartFailure(FAILED, List.of(String.valueOf(e.getMessage())));
        }
    }

    private static void close(DataDirectory data) {
        try {
            data.close();
        } catch (IOException e) {
            LOG.warn("The data directory was not unlocked", e);
        }
    }

    private Gatehouse(Installation installation, ConfigResult configuration, DataDirectory data, Bans bans) {
        GatehouseConfig config = Objects.requireNonNull(configuration.config());
        this.installation = installation;
        this.configuration = configuration;
        this.settings = new Settings(config);
        this.plugins = new PluginHost(installation, config);

        EventLoops loops = new EventLoops();
        LiveRevocation revocation = new LiveRevocation();
        WaitingBytes waiting = new WaitingBytes();
        HeapGauge heap = new HeapGauge(waiting);
        MemoryGuard memory = new MemoryGuard(
                () -> settings.config().bounds().memoryCeiling(), List.of(heap, new DirectMemory()), waiting);
        BrokerCore core = BrokerCore.wire(loops.lanes(), plugins.plugins(), revocation, settings, memory.start(), bans);
        this.guard = core.dispatcher().guard();
        this.broker = core.broker();
        this.systemTopics = core.systemTopics();
        this.bounds = core.bounds();
        this.listeners = new Listeners(loops, core.dispatcher(), settings);
        this.services = new KernelServices(broker, broker.view(), revocation);

        started.push(data);
        started.push(loops);
        started.push(heap);
        started.push(memory);
        started.push(plugins);
    }

    private void run(ConfigLoader loader) throws StartFailure {
        startPlugins(loader);
        systemTopics.start(Version.current());
        boolean first = DemoUser.isDue(installation, plugins.plugins().current());
        List<String> problems = listeners.apply(settings.config().listeners());
        started.push(() -> listeners.drain(DRAIN));
        if (!problems.isEmpty()) {
            throw new StartFailure(FAILED, problems);
        }
        startControl();
        ConfigWatcher watcher = new ConfigWatcher(loader, installation, this::reconfigure);
        watcher.start(configuration);
        files.set(watcher);
        started.push(watcher);
        LOG.info("Gatehouse listens: {}", String.join(", ", listening()));
        if (first) {
            DemoUser.create(installation, plugins.plugins(), listeners.addresses());
        }
    }

    private void startPlugins(ConfigLoader loader) throws StartFailure {
        try {
            plugins.start(
                    services,
                    () -> Optional.ofNullable(loader.load().config()).map(GatehouseConfig::modules),
                    this::pluginsChanged);
        } catch (PluginHostException e) {
            throw new StartFailure(FAILED, List.of(Objects.requireNonNullElse(e.getMessage(), "no plugins")));
        }
        List<String> failed = plugins.plugins().modules().stream()
                .filter(module -> module.state() == ModuleInfo.State.FAILED)
                .filter(module -> isNamedInChain(module.name()))
                .map(module -> module.name() + ": " + module.detail())
                .toList();
        if (!failed.isEmpty()) {
            throw new StartFailure(FAILED, failed);
        }
    }

    /** Which settings there are depends on the jars in the plugins folder, so a change there is an edit of the configuration. */
    private void pluginsChanged() {
        ConfigWatcher watcher = files.get();
        if (watcher != null) {
            watcher.reloadNow();
        }
    }

    /** A module that failed and is not in use is a matter for the log; one that decides must work at the start. */
    private boolean isNamedInChain(String module) {
        GatehouseConfig config = settings.config();
        return config.authentication().chain().contains(module)
                || config.authorization().sources().contains(module)
                || config.interceptors().connect().contains(module)
                || config.interceptors().publish().contains(module)
                || config.interceptors().subscribe().contains(module)
                || config.interceptors().delivery().contains(module);
    }

    private void startControl() throws StartFailure {
        ControlCommands commands = new ControlCommands(
                broker,
                () -> plugins.plugins().current().users(),
                plugins::administration,
                guard,
                () -> ConfigShow.text(configuration, false),
                this::listening,
                Version.current(),
                bounds);
        try {
            started.push(ControlServer.start(installation.data(), commands));
        } catch (IOException e) {
            throw new StartFailure(
                    FAILED,
                    List.of(installation.data() + ": no socket for the command line can be made: " + e.getMessage()));
        }
    }

    /** An edit of the files while the broker runs: a broken one changes nothing. */
    private void reconfigure(ConfigResult edited) {
        GatehouseConfig config = edited.config();
        if (config == null) {
            LOG.error("The configuration was edited and is broken, so the old one stays: {}", edited.errors());
            return;
        }
        edited.warnings().forEach(warning -> LOG.warn("{}", warning));
        plugins.reload(config);
        settings.replace(config);
        if (guard.configured()) {
            listeners.measureAnew();
        }
        configuration = edited;
        listeners.apply(config.listeners()).forEach(problem -> LOG.error("{}", problem));
        services.policyChanges().changedForAll();
        LOG.info("The configuration was edited and is in force; listening: {}", String.join(", ", listening()));
    }

    private List<String> listening() {
        return listeners.addresses().entrySet().stream()
                .map(entry -> entry.getKey() + " " + text(entry.getValue()))
                .toList();
    }

    /** Where the listeners listen, by name. */
    public Map<String, InetSocketAddress> addresses() {
        return listeners.addresses();
    }

    /** The configuration in force. */
    public ConfigResult configuration() {
        return configuration;
    }

    /** What operators can do with plugins. */
    public PluginAdministration plugins() {
        return plugins.administration();
    }

    /** The broker, to look at and to publish through. */
    public Broker broker() {
        return broker;
    }

    /** Blocks until the broker has stopped. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /**
     * Stops: no new connections, clients told, what was sent to them written, modules stopped. Takes less than ten seconds. Closing twice
     * waits for the first.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.warn("Something did not stop cleanly", e);
            }
        }
        LOG.info("Gatehouse has stopped");
        stopped.countDown();
    }

    private static List<String> sentences(List<ConfigProblem> problems) {
        return problems.stream().map(ConfigProblem::toString).toList();
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
