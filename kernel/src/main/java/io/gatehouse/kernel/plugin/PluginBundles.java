package io.gatehouse.kernel.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugin jars as bundles: installs, starts and removes them one by one. A jar that fails is kept as a {@link PluginFailure} and
 * leaves everything else as it was. A bundle that lacks another is tried again whenever a jar is added. Any thread; takes turns; blocks.
 */
final class PluginBundles {
    private static final Logger LOG = LoggerFactory.getLogger(PluginBundles.class);
    private static final int MOST_JARS = 1_000;
    private static final long REFRESH_SECONDS = 10;

    private final BundleContext context;
    private final BundleWords words;
    private final ReentrantLock lock = new ReentrantLock();

    /** By path; guarded by the lock, as are the failures. */
    private final Map<Path, Plugin> plugins = new LinkedHashMap<>();

    private final Map<Path, PluginFailure> failures = new LinkedHashMap<>();

    PluginBundles(BundleContext context) {
        this.context = context;
        this.words = new BundleWords(context);
    }

    /** Installs every jar of the folder, by name, then starts them, so that their order does not matter. */
    void installAll(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .limit(MOST_JARS)
                    .toList();
            lock.lock();
            try {
                jars.forEach(this::add);
                startAll();
            } finally {
                lock.unlock();
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.error(
                    "no plugin is loaded, because {} cannot be read ({}): create it or make it readable",
                    folder,
                    e.toString());
        }
    }

    /**
     * Installs and starts one jar.
     *
     * @return why it does not run, empty when it does
     * @throws IllegalStateException when this path is installed already
     */
    Optional<PluginFailure> install(Path jar) {
        lock.lock();
        try {
            if (plugins.containsKey(jar)) {
                throw new IllegalStateException(jar + " is installed already");
            }
            add(jar);
            startAll();
            return Optional.ofNullable(failures.get(jar));
        } finally {
            lock.unlock();
        }
    }

    /** Stops and removes the bundle that was installed from this path, if any, and lets go of its classes. */
    void uninstall(Path jar) {
        lock.lock();
        try {
            failures.remove(jar);
            Plugin plugin = plugins.remove(jar);
            if (plugin != null) {
                plugin.bundle.uninstall();
                refresh(plugin.bundle);
                LOG.info("removed plugin {}", jar.getFileName());
            }
        } catch (BundleException e) {
            LOG.error("plugin {} did not stop as it should; it is removed all the same", jar.getFileName(), e);
        } finally {
            lock.unlock();
        }
    }

    /** What does not run, and why. */
    List<PluginFailure> failures() {
        lock.lock();
        try {
            return List.copyOf(failures.values());
        } finally {
            lock.unlock();
        }
    }

    private void add(Path jar) {
        JarHeader header = null;
        try {
            header = JarHeader.read(jar);
            try (InputStream in = Files.newInputStream(jar)) {
                plugins.put(jar, new Plugin(header, context.installBundle("plugin:" + jar.toUri(), in)));
            }
            failures.remove(jar);
        } catch (JarHeader.UnusableJar e) {
            fail(jar, header, e.getMessage());
        } catch (IOException e) {
            fail(jar, header, "it cannot be read (" + e.getMessage() + "): copy it again");
        } catch (BundleException e) {
            fail(jar, header, words.notInstalled(e, twin(header)));
        }
    }

    /** The jar that has the same name and version; empty when there is none. */
    private String twin(@Nullable JarHeader header) {
        return plugins.entrySet().stream()
                .filter(entry -> entry.getValue().header.isSameBundle(header))
                .map(entry -> entry.getKey().getFileName().toString())
                .findFirst()
                .orElse("");
    }

    private void startAll() {
        plugins.forEach((jar, plugin) -> {
            if (plugin.bundle.getState() != Bundle.ACTIVE && !isFragment(plugin.bundle)) {
                start(jar, plugin);
            }
        });
    }

    private void start(Path jar, Plugin plugin) {
        try {
            plugin.bundle.start(Bundle.START_ACTIVATION_POLICY);
            failures.remove(jar);
            LOG.info("started plugin {}", jar.getFileName());
        } catch (BundleException e) {
            fail(jar, plugin.header, words.notStarted(plugin.bundle, e));
        }
    }

    private void fail(Path jar, @Nullable JarHeader header, @Nullable String sentence) {
        PluginFailure failure = new PluginFailure(
                jar.getFileName().toString(),
                header == null ? "" : header.symbolicName(),
                header == null ? "" : header.version(),
                header == null ? List.of() : header.modules(),
                sentence == null ? "it failed for an unknown reason" : sentence);
        if (!failure.equals(failures.put(jar, failure))) {
            LOG.error("plugin {} does not run: {}", failure.jar(), failure.sentence());
        }
    }

    private void refresh(Bundle bundle) {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        try {
            if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the OSGi framework takes its time to let go of {}", bundle.getSymbolicName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isFragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    private record Plugin(JarHeader header, Bundle bundle) {}
}
