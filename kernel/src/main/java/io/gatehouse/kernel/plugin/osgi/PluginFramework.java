package io.gatehouse.kernel.plugin.osgi;

import io.gatehouse.kernel.admission.Capabilities;
import io.gatehouse.kernel.config.Installation;
import io.gatehouse.kernel.jars.StoredJar;
import io.gatehouse.kernel.plugin.KernelServices;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.kernel.plugin.module.Catalog;
import io.gatehouse.kernel.plugin.module.ComponentState;
import io.gatehouse.kernel.plugin.module.Roles;
import io.gatehouse.kernel.plugin.osgi.felix.EmbeddedFramework;
import io.gatehouse.kernel.plugin.osgi.rights.Rights;
import io.gatehouse.sdk.authz.PolicyChanges;
import io.gatehouse.sdk.broker.BrokerView;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The running framework with all that is between it and the kernel: the kernel's services for plugins, the plugins' services for the
 * {@link Catalog}, what plugins may do, and what keeps two generations of them apart. Started and stopped by the thread that runs the
 * broker's life; blocks.
 */
public final class PluginFramework {
    private static final Duration BROKEN_START = Duration.ofSeconds(1);

    private final EmbeddedFramework framework;
    private final Rights rights;
    private final Isolation isolation;
    private final ComponentWatch components;
    private final ConfigurationPush configuration;

    private PluginFramework(EmbeddedFramework framework, Rights rights, Isolation isolation)
            throws PluginHostException {
        this.framework = framework;
        this.rights = rights;
        this.isolation = isolation;
        this.components = new ComponentWatch(framework.service(ServiceComponentRuntime.class));
        this.configuration = new ConfigurationPush(framework.service(ConfigurationAdmin.class));
    }

    /**
     * Starts the framework with the kernel's services in it and the watch for those of plugins; no plugin yet.
     *
     * @param catalog is told of each service
     * @param drainLimit how long a service that goes may be kept waiting now
     * @throws PluginHostException when there can be no plugins at all; nothing is left running then
     */
    public static PluginFramework start(
            Installation installation, KernelServices services, Catalog catalog, Supplier<Duration> drainLimit)
            throws PluginHostException {
        EmbeddedFramework framework = EmbeddedFramework.initialize(installation);
        try {
            BundleContext context = framework.context();
            Rights rights = new Rights();
            offer(services, rights, context);
            framework.start(installation.framework());
            watch(context, catalog, drainLimit);
            Isolation isolation = new Isolation();
            isolation.register(context);
            return new PluginFramework(framework, rights, isolation);
        } catch (PluginHostException | RuntimeException e) {
            framework.stop(BROKEN_START.toMillis());
            throw e;
        }
    }

    /**
     * Brings plugins in and takes them out; only one is to be made.
     *
     * @param declared what a jar may do; asked before each is installed
     */
    public BundleRunner runner(Function<StoredJar, Capabilities> declared) {
        return new BundleRunner(framework.context(), configuration, isolation, rights, declared);
    }

    /** What keeps two generations of plugins apart. */
    public Isolation isolation() {
        return isolation;
    }

    /** All components with at least one role, running or not. Any thread; takes locks of the framework for a moment. */
    public List<ComponentState> components() {
        return components.components();
    }

    /** Stops all plugins and the framework; waits no longer than this. */
    public void stop(Duration limit) {
        framework.stop(limit.toMillis());
    }

    private static void offer(KernelServices services, Rights rights, BundleContext context) {
        rights.enforce(context, services.broker());
        context.registerService(BrokerView.class, services.view(), null);
        context.registerService(PolicyChanges.class, services.policyChanges(), null);
    }

    private static void watch(BundleContext context, Catalog catalog, Supplier<Duration> drainLimit) {
        try {
            ServiceWatch watch = new ServiceWatch(context, catalog, drainLimit);
            new ServiceTracker<>(context, context.createFilter(Roles.filter()), watch).open();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("the filter for roles is wrong", e);
        }
    }
}
