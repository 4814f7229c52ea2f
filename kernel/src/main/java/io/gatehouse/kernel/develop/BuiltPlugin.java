package io.gatehouse.kernel.develop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jar that a build left in its target folder, at one moment.
 *
 * @param modified when it was written
 * @param size in bytes
 */
public record BuiltPlugin(Path jar, FileTime modified, long size) {
    private static final List<String> NO_PLUGINS = List.of("-sources.jar", "-javadoc.jar", "-tests.jar");

    /** The newest jar with modules in it; empty while there is none, or while it is being written. */
    public static Optional<BuiltPlugin> newest(Path target) {
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(BuiltPlugin::maybePlugin)
                    .flatMap(file -> look(file).stream())
                    .max(Comparator.comparing(BuiltPlugin::modified))
                    .filter(BuiltPlugin::hasModules);
        } catch (IOException e) {
            return Optional.empty(); // a clean build takes the folder away now and then
        }
    }

    /** Its modules; none when it is being written. */
    public List<PluginModule> modules() {
        try {
            return PluginJar.modules(jar);
        } catch (IOException e) {
            return List.of();
        }
    }

    private boolean hasModules() {
        return !modules().isEmpty();
    }

    private static boolean maybePlugin(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jar") && NO_PLUGINS.stream().noneMatch(name::endsWith);
    }

    private static Optional<BuiltPlugin> look(Path file) {
        try {
            return Optional.of(new BuiltPlugin(file, Files.getLastModifiedTime(file), Files.size(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
