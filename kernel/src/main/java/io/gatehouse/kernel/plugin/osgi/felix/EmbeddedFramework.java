package io.gatehouse.kernel.plugin.osgi.felix;

import io.gatehouse.kernel.config.Installation;
import io.gatehouse.kernel.plugin.PluginHostException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerFactory;

/** The OSGi framework inside the kernel's JVM, with the bundles that every plugin relies on: SCR, Config Admin, Metatype. */
public final class EmbeddedFramework {
    private final Framework framework;

    private EmbeddedFramework(Framework framework) {
        this.framework = framework;
    }

    /** Initializes a framework with nothing but a log service in it; its system context can take services, but nothing runs yet. */
    public static EmbeddedFramework initialize(Installation installation) throws PluginHostException {
        Framework framework = new FrameworkFactory().newFramework(properties(installation));
        FrameworkLog log = new FrameworkLog();
        try {
            framework.init(log);
        } catch (BundleException e) {
            throw new PluginHostException(
                    "the OSGi framework cannot use " + storage(installation) + " (" + e.getMessage()
                            + "): check that the folder is writable and no other broker uses it",
                    e);
        }
        framework.getBundleContext().addFrameworkListener(log);
        String[] logging = {LogService.class.getName(), LoggerFactory.class.getName()};
        framework.getBundleContext().registerService(logging, new Slf4jLogService(), null);
        return new EmbeddedFramework(framework);
    }

    /** Starts the framework and its own bundles from this folder. */
    public void start(Path folder) throws PluginHostException {
        try {
            framework.start();
            for (Bundle bundle : install(folder)) {
                bundle.start();
            }
        } catch (BundleException | IOException e) {
            throw new PluginHostException(
                    "the OSGi framework cannot start the bundles in " + folder + " (" + e.getMessage() + "): reinstall",
                    e);
        }
    }

    /** Of the framework itself: sees the bundles and services of all. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** A service of the framework's own bundles, which stay as long as the framework runs. */
    public <S> S service(Class<S> type) throws PluginHostException {
        ServiceReference<S> reference = context().getServiceReference(type);
        S service = reference == null ? null : context().getService(reference);
        if (service == null) {
            throw new PluginHostException(
                    "no bundle in lib/framework offers " + type.getSimpleName() + ": reinstall", null);
        }
        return service;
    }

    /** Stops everything; waits no longer than this. */
    public void stop(long atMostMillis) {
        try {
            framework.stop();
            framework.waitForStop(atMostMillis);
        } catch (BundleException e) {
            throw new IllegalStateException("the OSGi framework does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Bundle> install(Path folder) throws IOException, BundleException {
        List<Bundle> bundles = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : jars) {
                try (InputStream in = Files.newInputStream(jar)) {
                    bundles.add(context().installBundle("framework:" + jar.getFileName(), in));
                }
            }
        }
        return bundles;
    }

    private static Map<String, String> properties(Installation installation) throws PluginHostException {
        Path conf = installation.configFile().toAbsolutePath().normalize().getParent();
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, storage(installation).toString());
        // Nothing in it outlives a start: what is installed is what lies in plugins/.
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        // The same version may be there twice: a rebuilt jar, or one jar with its old and its new configuration.
        properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        properties.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                SystemPackages.read(EmbeddedFramework.class.getClassLoader()));
        // Configurations hold secrets, and the configuration file is their home: Config Admin keeps them in memory
        // only.
        properties.put("felix.cm.pm", "memory");
        properties.put("gatehouse.conf", conf == null ? "" : conf.toString());
        properties.put(
                "gatehouse.data",
                installation.data().toAbsolutePath().normalize().toString());
        return properties;
    }

    private static Path storage(Installation installation) {
        return installation.data().toAbsolutePath().normalize().resolve("cache").resolve("felix");
    }
}
