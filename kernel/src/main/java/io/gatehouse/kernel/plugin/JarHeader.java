package io.gatehouse.kernel.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.service.component.ComponentConstants;

/**
 * What a jar's manifest says about it, read before the framework touches the jar.
 *
 * @param symbolicName without directives
 * @param version as written
 * @param modules the names of its components, by bnd's convention that a component's description is named after it
 */
record JarHeader(String symbolicName, String version, List<String> modules) {
    private static final long LARGEST = 512L << 20;

    /** Reads the manifest; a jar that cannot be a bundle is told in one sentence. */
    static JarHeader read(Path jar) throws UnusableJar {
        try {
            if (Files.size(jar) > LARGEST) {
                throw new UnusableJar("it is larger than 512 MiB: a plugin must be smaller");
            }
            try (JarFile file = new JarFile(jar.toFile())) {
                return of(file.getManifest());
            }
        } catch (IOException | SecurityException e) {
            throw new UnusableJar("it is not a readable jar (" + e.getMessage()
                    + "); it may be half copied: copy it again, under another name, and then rename it");
        }
    }

    /** True when the other has the same name and version: the framework takes only one of them. */
    boolean isSameBundle(@Nullable JarHeader other) {
        return other != null && symbolicName.equals(other.symbolicName) && version.equals(other.version);
    }

    private static JarHeader of(@Nullable Manifest manifest) throws UnusableJar {
        Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String name = main.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null || name.isBlank()) {
            throw new UnusableJar("it is not an OSGi bundle, because META-INF/MANIFEST.MF has no"
                    + " Bundle-SymbolicName: build it with bnd");
        }
        String version = main.getValue(Constants.BUNDLE_VERSION);
        String components = main.getValue(ComponentConstants.SERVICE_COMPONENT);
        return new JarHeader(
                beforeDirectives(name),
                version == null ? Version.emptyVersion.toString() : version.strip(),
                components == null ? List.of() : componentNames(components));
    }

    private static List<String> componentNames(String header) {
        return Stream.of(header.split(","))
                .map(JarHeader::beforeDirectives)
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .filter(file -> file.endsWith(".xml") && !file.contains("*"))
                .map(file -> file.substring(0, file.length() - ".xml".length()))
                .toList();
    }

    private static String beforeDirectives(String header) {
        int directives = header.indexOf(';');
        return (directives < 0 ? header : header.substring(0, directives)).strip();
    }

    /** A jar that cannot be a bundle. */
    static final class UnusableJar extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableJar(String sentence) {
            super(sentence);
        }
    }
}
