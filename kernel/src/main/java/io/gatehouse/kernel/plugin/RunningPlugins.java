package io.gatehouse.kernel.plugin;

import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.Installation;
import io.gatehouse.sdk.authz.PolicyChanges;
import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.broker.BrokerView;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerFactory;
import org.osgi.util.tracker.ServiceTracker;

/** Everything that exists only while the framework runs, wired by hand. */
final class RunningPlugins {
    private final EmbeddedFramework framework;
    private final PluginBundles bundles;
    private final ConfigurationPush configuration;
    private final HealthWatch health;
    private final ModuleReport report;
    private final AtomicReference<Duration> drainLimit;

    private RunningPlugins(
            EmbeddedFramework framework,
            PluginBundles bundles,
            ConfigurationPush configuration,
            HealthWatch health,
            ModuleReport report,
            AtomicReference<Duration> drainLimit) {
        this.framework = framework;
        this.bundles = bundles;
        this.configuration = configuration;
        this.health = health;
        this.report = report;
        this.drainLimit = drainLimit;
    }

    /** Starts the framework with the kernel's services in it and the watch for those of plugins; no plugin yet. */
    static RunningPlugins start(Installation installation, KernelServices services, Catalog catalog, GateMeters meters)
            throws PluginHostException {
        EmbeddedFramework framework = EmbeddedFramework.initialize(installation);
        try {
            offer(services, framework.context());
            framework.start(installation.framework());
            AtomicReference<Duration> drainLimit = new AtomicReference<>(PluginHost.DRAIN_LIMIT);
            watch(framework.context(), catalog, drainLimit);
            PluginBundles bundles = new PluginBundles(framework.context());
            HealthWatch health = new HealthWatch(catalog.holder());
            ComponentWatch components = new ComponentWatch(framework.service(ServiceComponentRuntime.class));
            ModuleReport report = new ModuleReport(catalog, meters, health, components::components, bundles::failures);
            health.start();
            return new RunningPlugins(
                    framework,
                    bundles,
                    new ConfigurationPush(framework.service(ConfigurationAdmin.class)),
                    health,
                    report,
                    drainLimit);
        } catch (PluginHostException | RuntimeException e) {
            framework.stop(Duration.ofSeconds(1).toMillis());
            throw e;
        }
    }

    PluginBundles bundles() {
        return bundles;
    }

    ModuleReport report() {
        return report;
    }

    void configure(GatehouseConfig config) {
        configuration.push(config.modules());
    }

    /** Stops all within the limit: what is held by then is no longer waited for. */
    void stop(Duration limit) {
        health.close();
        drainLimit.set(Duration.ofMillis(100));
        framework.stop(limit.toMillis());
    }

    private static void offer(KernelServices services, BundleContext context) {
        String[] logging = {LogService.class.getName(), LoggerFactory.class.getName()};
        context.registerService(logging, new Slf4jLogService(), null);
        context.registerService(Broker.class, services.broker(), null);
        context.registerService(BrokerView.class, services.view(), null);
        context.registerService(PolicyChanges.class, services.policyChanges(), null);
    }

    private static void watch(BundleContext context, Catalog catalog, AtomicReference<Duration> drainLimit) {
        try {
            ServiceWatch watch = new ServiceWatch(context, catalog, drainLimit::get);
            new ServiceTracker<>(context, context.createFilter(Roles.filter()), watch).open();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("the filter for roles is wrong", e);
        }
    }
}
