package io.gatehouse.kernel.plugin.host;

import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.Installation;
import io.gatehouse.kernel.plugin.KernelServices;
import io.gatehouse.kernel.plugin.ModuleConfigurations;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.kernel.plugin.folder.AdmissionJudge;
import io.gatehouse.kernel.plugin.folder.ManagedPlugins;
import io.gatehouse.kernel.plugin.folder.PluginFiles;
import io.gatehouse.kernel.plugin.module.Catalog;
import io.gatehouse.kernel.plugin.module.GateMeters;
import io.gatehouse.kernel.plugin.module.HealthWatch;
import io.gatehouse.kernel.plugin.module.ModuleReport;
import io.gatehouse.kernel.plugin.osgi.BundleRunner;
import io.gatehouse.kernel.plugin.osgi.PluginFramework;
import io.gatehouse.kernel.plugin.swap.Deployment;
import io.gatehouse.kernel.plugin.swap.Limits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Everything that exists only while the framework runs, wired by hand. */
final class RunningPlugins {
    private static final Duration LAST_DRAIN = Duration.ofMillis(100);
    private static final Duration BROKEN_START = Duration.ofSeconds(1);

    private final PluginFramework framework;
    private final ManagedPlugins managed;
    private final HealthWatch health;
    private final ModuleReport report;
    private final AtomicReference<Limits> limits;

    private RunningPlugins(
            PluginFramework framework,
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
        AtomicReference<Limits> limits = new AtomicReference<>(Limits.of(catalog.config()));
        PluginFramework framework = PluginFramework.start(
                installation, services, catalog, () -> limits.get().drain());
        try {
            PluginFiles files = PluginFiles.of(installation);
            AdmissionJudge judge =
                    new AdmissionJudge(files.memory(), catalog.config().plugins());
            BundleRunner runner = framework.runner(judge::declared);
            Deployment deployment =
                    new Deployment(runner, framework.isolation(), catalog, framework::components, limits::get);
            ManagedPlugins managed = new ManagedPlugins(files, judge, deployment, configurations, limits, onChange);
            HealthWatch health = new HealthWatch(catalog);
            ModuleReport report = new ModuleReport(catalog, meters, health, framework::components, managed::failures);
            health.start();
            return new RunningPlugins(framework, managed, health, report, limits);
        } catch (RuntimeException e) {
            framework.stop(BROKEN_START);
            throw e;
        }
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
        framework.stop(limit);
    }
}
