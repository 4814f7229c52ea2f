package io.gatehouse.kernel.plugin.osgi;

import io.gatehouse.kernel.admission.Capabilities;
import io.gatehouse.kernel.config.ModuleConfig;
import io.gatehouse.kernel.jars.StoredJar;
import io.gatehouse.kernel.plugin.osgi.felix.Leftovers;
import io.gatehouse.kernel.plugin.osgi.felix.RootCause;
import io.gatehouse.kernel.plugin.osgi.rights.Rights;
import io.gatehouse.kernel.security.LeakedThreads;
import java.io.IOException;
import java.security.DigestInputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings jars into the framework and takes them out again. Used by one thread at a time; blocks. */
public final class BundleRunner {
    private static final Logger LOG = LoggerFactory.getLogger(BundleRunner.class);
    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final int MOST_NAMES = 10;

    private final BundleContext context;
    private final ConfigurationPush configuration;
    private final BundleWords words;
    private final Rights rights;
    private final Function<StoredJar, Capabilities> declared;
    private final Leftovers leftovers;
    private final AtomicLong locations = new AtomicLong();

    /** @param declared what a jar may do */
    BundleRunner(
            BundleContext context,
            ConfigurationPush configuration,
            Isolation isolation,
            Rights rights,
            Function<StoredJar, Capabilities> declared) {
        this.context = context;
        this.configuration = configuration;
        this.rights = rights;
        this.declared = declared;
        this.words = new BundleWords(context, isolation);
        this.leftovers = Leftovers.of(context.getBundle(0));
    }

    /**
     * Installs a jar and hands over its configuration; nothing of it runs yet.
     *
     * @throws CannotRun when the framework does not take it
     */
    public Instance install(StoredJar jar, Map<String, ModuleConfig> configs) throws CannotRun {
        Optional<String> intrusion = words.intrusion(jar.header());
        if (intrusion.isPresent()) {
            throw new CannotRun(intrusion.get(), false);
        }
        // A location of its own: the same jar may be there twice while its configuration changes.
        String location = Rights.location(locations.incrementAndGet());
        rights.grant(location, jar.symbolicName(), declared.apply(jar));
        try {
            Instance instance = new Instance(jar, load(jar, location), configs);
            configuration.change(instance.bundle(), Map.of(), instance.configs());
            return instance;
        } catch (CannotRun e) {
            rights.forget(location);
            throw e;
        } catch (IOException e) {
            rights.forget(location);
            throw new CannotRun("its copy in the data directory cannot be read (" + e.getMessage() + ")", false);
        } catch (BundleException e) {
            rights.forget(location);
            throw new CannotRun(words.notInstalled(e), false);
        }
    }

    /** What the framework gets must be what was judged: the copy may have been changed since. */
    private Bundle load(StoredJar jar, String location) throws IOException, BundleException, CannotRun {
        try (DigestInputStream in = jar.open()) {
            Bundle bundle = context.installBundle(location, in);
            if (!jar.isWhole(in)) {
                bundle.uninstall();
                throw new CannotRun(
                        "its copy in the data directory is not what it was: copy the jar into plugins/ again", true);
            }
            return bundle;
        }
    }

    /** Hands a running bundle another configuration. */
    public Instance configure(Instance instance, Map<String, ModuleConfig> configs) {
        configuration.change(instance.bundle(), instance.configs(), configs);
        return instance.withConfigs(configs);
    }

    /**
     * Starts an installed jar and with it its components. A fragment has nothing to start.
     *
     * @throws CannotRun when it cannot be started, or not in time
     */
    public void start(Instance instance, Duration deadline) throws CannotRun {
        Bundle bundle = instance.bundle();
        if (isFragment(bundle) || instance.isStarted()) {
            return;
        }
        // Not on this thread: what a plugin does while it is activated may never end.
        Optional<Throwable> failure = Bounded.run("plugin-start", deadline, () -> activate(bundle));
        if (failure.isEmpty()) {
            return;
        }
        throw switch (failure.get()) {
            case BundleException e ->
                new CannotRun(words.notStarted(bundle, e), e.getType() == BundleException.RESOLVE_ERROR);
            case Bounded.TooLate late ->
                new CannotRun(
                        "its activation did not end within " + deadline.toMillis()
                                + " ms: see what it waits for, or raise plugins.start-deadline",
                        false);
            default -> new CannotRun("it could not be started (" + RootCause.of(failure.get()) + ")", false);
        };
    }

    /** With the bundle's class loader in the thread's context, so that threads it starts can be told by theirs. */
    private void activate(Bundle bundle) throws BundleException {
        if (context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(List.of(bundle))) {
            Thread.currentThread()
                    .setContextClassLoader(bundle.adapt(BundleWiring.class).getClassLoader());
        }
        bundle.start(Bundle.START_ACTIVATION_POLICY | Bundle.START_TRANSIENT);
    }

    /** Stops bundles in this order and leaves them installed; each may take this long. */
    public void stop(List<Instance> instances, Duration deadline) {
        for (Instance instance : instances) {
            Bounded.run("plugin-stop", deadline, () -> instance.bundle().stop(Bundle.STOP_TRANSIENT))
                    .ifPresent(failure ->
                            LOG.warn("plugin {} did not stop as it should ({})", instance.jar(), failure.toString()));
        }
    }

    /** Stops, removes and lets go of bundles in this order; what does not end in time is left behind and told. */
    public void remove(List<Instance> instances, Duration deadline) {
        stop(instances, deadline);
        for (Instance instance : instances) {
            endThreads(instance);
            Bounded.run("plugin-removal", deadline, () -> instance.bundle().uninstall())
                    .ifPresent(failure -> LOG.error(
                            "plugin {} could not be taken out of memory ({})", instance.jar(), failure.toString()));
            configuration.change(instance.bundle(), instance.configs(), Map.of());
        }
        refresh(instances.stream().map(Instance::bundle).toList());
        instances.forEach(instance -> rights.forget(instance.bundle().getLocation()));
        leftovers.forget();
    }

    /** Threads that a plugin started and did not end keep its classes in memory: they are named and interrupted. */
    private static void endThreads(Instance instance) {
        BundleWiring wiring = instance.bundle().adapt(BundleWiring.class);
        if (wiring == null) {
            return;
        }
        List<Thread> threads = LeakedThreads.of(wiring.getClassLoader());
        if (!threads.isEmpty()) {
            LOG.warn(
                    "plugin {} was stopped and did not end these of its threads, which are interrupted: {}; tell its author",
                    instance.jar(),
                    threads.stream().map(Thread::getName).limit(MOST_NAMES).toList());
            threads.forEach(Thread::interrupt);
        }
    }

    private void refresh(Collection<Bundle> bundles) {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(bundles, event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        try {
            if (!done.await(REFRESH.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("the OSGi framework takes its time to let go of {}", bundles);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isFragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }
}
