package io.gatehouse.kernel.plugin.osgi.felix;

import io.gatehouse.kernel.plugin.PluginHostException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/**
 * What the kernel's class path exports to plugins: the SDK, logging, and the OSGi service interfaces that the kernel and the framework's
 * bundles share. The packages are taken from the jars' own manifests, so that versions and {@code uses} constraints survive; the kernel
 * and everything else on the class path stays invisible.
 */
final class SystemPackages {
    private static final Set<String> EXPORTED = Set.of(
            "io.gatehouse.sdk.api",
            "slf4j.api",
            "org.osgi.service.cm",
            "org.osgi.service.component",
            "org.osgi.service.metatype",
            "org.osgi.service.log",
            "org.osgi.util.promise",
            "org.osgi.util.function");

    private SystemPackages() {}

    /** The value of {@code org.osgi.framework.system.packages.extra}. */
    static String read(ClassLoader classPath) throws PluginHostException {
        Map<String, String> exports = new LinkedHashMap<>();
        try {
            for (URL manifest : Collections.list(classPath.getResources("META-INF/MANIFEST.MF"))) {
                add(manifest, exports);
            }
        } catch (IOException e) {
            throw new PluginHostException("the class path cannot be read (" + e.getMessage() + "): reinstall", e);
        }
        Set<String> missing = new TreeSet<>(EXPORTED);
        missing.removeAll(exports.keySet());
        if (!missing.isEmpty()) {
            throw new PluginHostException(
                    "the class path has no jar (or classes folder with a manifest) of " + String.join(", ", missing)
                            + ": reinstall, or build with Maven",
                    null);
        }
        return String.join(",", exports.values());
    }

    private static void add(URL url, Map<String, String> exports) throws IOException {
        try (InputStream in = url.openStream()) {
            Attributes main = new Manifest(in).getMainAttributes();
            String name = main.getValue(Constants.BUNDLE_SYMBOLICNAME);
            String packages = main.getValue(Constants.EXPORT_PACKAGE);
            if (name != null && packages != null && EXPORTED.contains(name)) {
                exports.putIfAbsent(name, packages);
            }
        }
    }
}
