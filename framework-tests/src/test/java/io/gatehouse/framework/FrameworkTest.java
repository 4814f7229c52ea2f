package io.gatehouse.framework;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import io.gatehouse.kernel.plugin.osgi.felix.ProductionExports;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.inject.Inject;
import net.bytebuddy.ByteBuddy;
import org.assertj.core.api.Assertions;
import org.junit.After;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/**
 * A test that runs as a bundle, in a framework with the versions, properties and exports of production ({@code EmbeddedFramework}). What
 * a test installs goes when it ends.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class FrameworkTest {
    private static final String BUNDLES = "gatehouse.test.bundles";

    @Inject
    @SuppressWarnings("NullAway.Init") // by Pax Exam, before each test
    protected BundleContext context;

    private final List<Bundle> installed = new ArrayList<>();

    /** Called on the class path, for each class. */
    @Configuration
    public Option[] framework() throws Exception {
        Path target = Path.of("target").toAbsolutePath();
        return options(
                cleanCaches(true),
                frameworkProperty(Constants.FRAMEWORK_BSNVERSION).value(Constants.FRAMEWORK_BSNVERSION_MULTIPLE),
                frameworkProperty("felix.cm.pm").value("memory"),
                frameworkProperty(BUNDLES).value(TestBundles.written().toString()),
                systemPackages(ProductionExports.read()),
                felix(target, "scr"),
                felix(target, "configadmin"),
                felix(target, "metatype"),
                bundle(jarOf(ByteBuddy.class)),
                bundle(jarOf(Assertions.class)),
                junitBundles());
    }

    @After
    public void uninstall() throws BundleException {
        for (Bundle bundle : installed) {
            bundle.uninstall();
        }
    }

    /** Installs a bundle that {@link TestBundles} packed. */
    protected final Bundle install(String location, String jar) throws IOException, BundleException {
        try (InputStream in = Files.newInputStream(Path.of(context.getProperty(BUNDLES), jar))) {
            return keep(context.installBundle(location, in));
        }
    }

    /** Installs a bundle that has a manifest and nothing else. */
    protected final Bundle install(String symbolicName, Map<String, String> headers)
            throws IOException, BundleException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        headers.forEach(main::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        String location = symbolicName + "#" + installed.size();
        return keep(context.installBundle(location, new ByteArrayInputStream(bytes.toByteArray())));
    }

    private static Option felix(Path target, String name) {
        Path jar = target.resolve("framework").resolve("org.apache.felix." + name + ".jar");
        return bundle(jar.toUri().toString());
    }

    private static String jarOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    private Bundle keep(Bundle bundle) {
        installed.add(bundle);
        return bundle;
    }
}
