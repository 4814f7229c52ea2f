package io.gatehouse.kernel.plugin;

import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.Installation;
import io.gatehouse.kernel.jars.JarFolder;
import io.gatehouse.kernel.jars.JarStore;
import io.gatehouse.kernel.jars.PluginMemory;
import io.gatehouse.sdk.authz.PolicyChanges;
import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.broker.BrokerView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerFactory;
import org.osgi.util.tracker.ServiceTracker;

/** Everything that exists only while the framework runs, wired by hand. */
final class RunningPlugins {
    private static final Duration LAST_DRAIN = Duration.ofMillis(100);

    private final EmbeddedFramework framework;
    private final ManagedPlugins managed;
    private final HealthWatch health;
    private final ModuleReport report;
    private final AtomicReference<Limits> limits;

    private RunningPlugins(
            EmbeddedFramework framework,
            ManagedPlugins managed,
            HealthWatch health,
            ModuleReport report,
            AtomicReference<Limits> limits) {
        this.framework = framework;
        this.managed = managed;
        this.health = health;
        this.report = report;
        this.limits = limits;
    }

    /** Starts the framework with the kernel's services in it and the watch for those of plugins; no plugin yet. */
    static RunningPlugins start(
            Installation installation,
            KernelServices services,
            Catalog catalog,
            GateMeters meters,
            ModuleConfigurations configurations,
            Runnable onChange)
            throws PluginHostException {
        EmbeddedFramework framework = EmbeddedFramework.initialize(installation);
        try {
            Rights rights = new Rights();
            offer(services, rights, framework.context());
            framework.start(installation.framework());
            return wire(installation, framework, catalog, meters, rights, configurations, onChange);
        } catch (PluginHostException | RuntimeException e) {
            framework.stop(Duration.ofSeconds(1).toMillis());
            throw e;
        }
    }

    private static RunningPlugins wire(
            Installation installation,
            EmbeddedFramework framework,
            Catalog catalog,
            GateMeters meters,
            Rights rights,
            ModuleConfigurations configurations,
            Runnable onChange)
            throws PluginHostException {
        BundleContext context = framework.context();
        AtomicReference<Limits> limits = new AtomicReference<>(Limits.of(catalog.config()));
        watch(context, catalog, limits);
        Isolation isolation = new Isolation();
        isolation.register(context);
        ComponentWatch components = new ComponentWatch(framework.service(ServiceComponentRuntime.class));
        Readiness readiness = new Readiness(catalog, components::components);
        Path data = installation.data().resolve("plugins");
        JarStore store = new JarStore(data.resolve("jars"));
        JarFolder folder = new JarFolder(installation.plugins(), store, InstantSource.system());
        PluginMemory memory = new PluginMemory(data.resolve("memory.properties"));
        AdmissionJudge judge = new AdmissionJudge(memory, catalog.config().plugins());
        BundleRunner runner = new BundleRunner(
                context, new ConfigurationPush(framework.service(ConfigurationAdmin.class)), isolation, rights, judge);
        Swap swap = new Swap(runner, catalog, isolation, readiness);
        Deployment deployment = new Deployment(runner, swap, catalog, readiness, limits::get);
        PluginManager manager = new PluginManager(folder, store, memory, judge, deployment, configurations);
        PluginCommands commands = new PluginCommands(manager, deployment, folder, store, memory);
        PluginReport plugins = new PluginReport(manager, deployment, store, memory, judge);
        ManagedPlugins managed = new ManagedPlugins(manager, commands, plugins, judge, folder, limits, onChange);

        HealthWatch health = new HealthWatch(catalog.holder());
        ModuleReport report = new ModuleReport(catalog, meters, health, components::components, managed::failures);
        health.start();
        return new RunningPlugins(framework, managed, health, report, limits);
    }

    ManagedPlugins managed() {
        return managed;
    }

    ModuleReport report() {
        return report;
    }

    /** Starts what lies in the plugins folder, with this configuration. */
    void startPlugins(GatehouseConfig config) {
        managed.start(config);
    }

    /** Stops all within the limit: what is held by then is no longer waited for. */
    void stop(Duration limit) {
        health.close();
        limits.updateAndGet(old -> new Limits(old.start(), old.health(), LAST_DRAIN));
        managed.close();
        framework.stop(limit.toMillis());
    }

    private static void offer(KernelServices services, Rights rights, BundleContext context) {
        String[] logging = {LogService.class.getName(), LoggerFactory.class.getName()};
        context.registerService(logging, new Slf4jLogService(), null);
        context.registerService(Broker.class, new PluginBrokers(rights, services.broker()), null);
        context.registerService(WeavingHook.class, new CallWeaver(rights), null);
        context.registerService(BrokerView.class, services.view(), null);
        context.registerService(PolicyChanges.class, services.policyChanges(), null);
    }

    private static void watch(BundleContext context, Catalog catalog, AtomicReference<Limits> limits) {
        try {
            ServiceWatch watch =
                    new ServiceWatch(context, catalog, () -> limits.get().drain());
            new ServiceTracker<>(context, context.createFilter(Roles.filter()), watch).open();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("the filter for roles is wrong", e);
        }
    }
}
