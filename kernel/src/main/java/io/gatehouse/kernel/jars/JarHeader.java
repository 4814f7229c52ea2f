package io.gatehouse.kernel.jars;

import io.gatehouse.kernel.config.schema.ComponentDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a jar says about itself, read before the framework touches it.
 *
 * @param symbolicName without directives
 * @param version as written
 * @param exclusive true when it holds something that only one version at a time can hold (header {@code Gatehouse-Exclusive})
 * @param fragmentHost the bundle that it wants to become a part of, without directives; empty when it stands for itself
 * @param components its Declarative Services components
 */
public record JarHeader(
        String symbolicName,
        String version,
        boolean exclusive,
        String fragmentHost,
        List<ComponentDescription> components) {
    private static final long LARGEST = 512L << 20;

    public JarHeader {
        components = List.copyOf(components);
    }

    /** Reads the jar's manifest and component descriptions; one that cannot be a bundle is told in one sentence. Blocks. */
    public static JarHeader read(Path jar) throws UnusableJar {
        try {
            if (Files.size(jar) > LARGEST) {
                throw new UnusableJar("it is larger than 512 MiB: a plugin must be smaller");
            }
            try (JarFile file = new JarFile(jar.toFile())) {
                return of(file.getManifest(), ComponentDescription.of(jar));
            }
        } catch (IOException | SecurityException e) {
            throw new UnusableJar("it is not a readable jar (" + e.getMessage()
                    + "); it may be half copied: copy it again, under another name, and then rename it");
        }
    }

    /** The names of its modules, without instances. */
    public List<String> modules() {
        return components.stream().map(ComponentDescription::name).toList();
    }

    /** The identifiers under which its components are configured. */
    public Set<String> pids() {
        return components.stream()
                .flatMap(component -> component.pids().stream())
                .collect(Collectors.toSet());
    }

    private static JarHeader of(@Nullable Manifest manifest, List<ComponentDescription> components) throws UnusableJar {
        Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String name = main.getValue("Bundle-SymbolicName");
        if (name == null || name.isBlank()) {
            throw new UnusableJar("it is not an OSGi bundle, because META-INF/MANIFEST.MF has no"
                    + " Bundle-SymbolicName: build it with bnd");
        }
        String version = main.getValue("Bundle-Version");
        return new JarHeader(
                beforeDirectives(name),
                version == null ? "0.0.0" : version.strip(),
                Boolean.parseBoolean(main.getValue("Gatehouse-Exclusive")),
                beforeDirectives(Objects.toString(main.getValue("Fragment-Host"), "")),
                components);
    }

    private static String beforeDirectives(String header) {
        int directives = header.indexOf(';');
        return (directives < 0 ? header : header.substring(0, directives)).strip();
    }

    /** A jar that cannot be a plugin; the message is a sentence for the operator. */
    public static final class UnusableJar extends Exception {
        private static final long serialVersionUID = 1L;

        /** For this reason. */
        public UnusableJar(String sentence) {
            super(sentence);
        }

        /** What is wrong and what to do. */
        public String sentence() {
            return String.valueOf(getMessage());
        }
    }
}
