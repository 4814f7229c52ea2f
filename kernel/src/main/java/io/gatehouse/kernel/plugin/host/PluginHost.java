package io.gatehouse.kernel.plugin.host;

import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.Installation;
import io.gatehouse.kernel.plugin.KernelServices;
import io.gatehouse.kernel.plugin.ModuleConfigurations;
import io.gatehouse.kernel.plugin.PluginAdministration;
import io.gatehouse.kernel.plugin.PluginFailure;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.plugin.module.Catalog;
import io.gatehouse.kernel.plugin.module.GateMeters;
import io.gatehouse.kernel.plugin.module.HeldPlugins;
import io.gatehouse.sdk.broker.ModuleInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hosts the plugins: an OSGi framework inside the kernel, what its bundles offer turned into snapshots, and the configuration handed to
 * them.
 *
 * <p>Made first, so that the broker can be built on its {@link #plugins()}; until {@link #start} every chain has holes where its modules
 * will be. Start, reload and close block and are called by the thread that runs the broker's life, one at a time.
 */
public final class PluginHost implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Installation installation;
    private final GateMeters meters = new GateMeters();
    private final Catalog catalog;
    private final HeldPlugins held;
    private final AtomicReference<@Nullable RunningPlugins> running = new AtomicReference<>();

    /** A host that has not started, with the chains of this configuration. */
    public PluginHost(Installation installation, GatehouseConfig config) {
        this.installation = installation;
        this.catalog = new Catalog(config, meters);
        this.held = HeldPlugins.of(catalog, this::modules);
    }

    /**
     * Starts the framework, hands the modules their configuration, then starts every jar in {@code plugins/}. A jar that fails does not
     * fail the start: it is in {@link #modules()} with the reason. Returns when all that can run runs.
     *
     * @param configurations read again whenever the plugins folder changed: what is said to a new plugin is known only with its jar
     * @param onChange told after each such change, on the thread that saw it; may block
     * @throws PluginHostException when there can be no plugins at all
     */
    public void start(KernelServices services, ModuleConfigurations configurations, Runnable onChange)
            throws PluginHostException {
        if (running.get() != null) {
            throw new IllegalStateException("the plugin host is running already");
        }
        RunningPlugins started =
                RunningPlugins.start(installation, services, catalog, meters, configurations, onChange);
        running.set(started);
        started.startPlugins(catalog.config());
    }

    /**
     * Goes over to another configuration. Only modules whose own part changed are touched; new modules are configured before the chains
     * name them.
     */
    public void reload(GatehouseConfig config) {
        RunningPlugins plugins = running.get();
        if (plugins != null) {
            plugins.managed().configure(config);
        }
        catalog.configure(config);
    }

    /** What operators can do with plugins; only while the host runs. */
    public PluginAdministration administration() {
        RunningPlugins plugins = running.get();
        if (plugins == null) {
            throw new IllegalStateException("the plugin host is not running");
        }
        return plugins.managed();
    }

    /** The jars that do not run, and why; none before the start. */
    public List<PluginFailure> failures() {
        RunningPlugins plugins = running.get();
        return plugins == null ? List.of() : plugins.managed().failures();
    }

    /** What the rest of the kernel sees of them, before the start and after the end too. */
    public Plugins plugins() {
        return held;
    }

    private List<ModuleInfo> modules() {
        RunningPlugins plugins = running.get();
        return plugins == null ? List.of() : plugins.report().modules();
    }

    /** Stops all plugins and the framework within five seconds; leases that are held no longer matter. Closing twice does no harm. */
    @Override
    public void close() {
        RunningPlugins plugins = running.getAndSet(null);
        if (plugins != null) {
            plugins.stop(CLOSE_LIMIT);
        }
    }
}
