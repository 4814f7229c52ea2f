package io.gatehouse.sdk.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where the plugin under test comes from: the folder into which a build tool or an IDE compiled it.
 *
 * @param classes the folder of the classes
 * @param project the folder with the build file
 */
record PluginSource(Path classes, Path project) {
    /** The place of this class. */
    static PluginSource of(Class<?> anyClass) {
        Path classes = home(anyClass);
        if (!Files.isDirectory(classes)) {
            throw new BrokerNotStartedException(anyClass.getName() + " comes from " + classes
                    + ", which is no folder of classes: name a class of the project that the test belongs to");
        }
        return new PluginSource(classes, project(classes));
    }

    /** The folder or the jar that a class was loaded from. */
    static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The instructions in the project's {@code bnd.bnd}; none when there is no such file. */
    Properties instructions() {
        Properties instructions = new Properties();
        Path file = project.resolve("bnd.bnd");
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                instructions.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new BrokerNotStartedException(file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return instructions;
    }

    private static Path project(Path classes) {
        for (Path folder = classes; folder != null; folder = folder.getParent()) {
            Path candidate = folder;
            if (Stream.of("pom.xml", "bnd.bnd", "build.gradle", "build.gradle.kts")
                    .anyMatch(file -> Files.exists(candidate.resolve(file)))) {
                return folder;
            }
        }
        return classes;
    }
}
