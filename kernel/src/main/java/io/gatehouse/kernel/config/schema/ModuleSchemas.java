package io.gatehouse.kernel.config.schema;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/**
 * The settings of every installed module.
 *
 * @param modules by name
 */
public record ModuleSchemas(Map<String, ModuleSchema> modules) {
    private static final int MAX_JARS = 1_000;

    /** No module at all. */
    public static final ModuleSchemas NONE = new ModuleSchemas(Map.of());

    public ModuleSchemas {
        modules = Map.copyOf(modules);
    }

    /**
     * Reads the descriptions in the jars of a folder. Blocks on the file system; any thread may call it. A jar that cannot be
     * read is left out: whoever installs it says why. Of two jars with the same module, such as two versions, the higher version
     * counts, and of equal ones the last by file name. A folder that is absent holds no modules.
     */
    public static ModuleSchemas read(Path plugins) {
        Map<String, ModuleSchema> modules = new TreeMap<>();
        Map<String, Version> versions = new TreeMap<>();
        for (Path jar : jars(plugins)) {
            try {
                Version version = JarSchemas.version(jar);
                JarSchemas.read(jar).forEach((name, schema) -> {
                    if (version.compareTo(versions.getOrDefault(name, version)) >= 0) {
                        modules.put(name, schema);
                        versions.put(name, version);
                    }
                });
            } catch (IOException | XMLStreamException | IllegalArgumentException broken) {
                // Not this reader's to report: the plugin host sees the same jar and knows more.
            }
        }
        return new ModuleSchemas(modules);
    }

    private static List<Path> jars(Path folder) {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : found) {
                if (jars.size() < MAX_JARS && Files.isRegularFile(jar)) {
                    jars.add(jar);
                }
            }
        } catch (IOException absent) {
            return List.of();
        }
        Collections.sort(jars);
        return jars;
    }

    /** The names of the installed modules. */
    public Set<String> names() {
        return modules.keySet();
    }

    /** The settings of a module; empty when it is not installed. */
    public Optional<ModuleSchema> find(String module) {
        return Optional.ofNullable(modules.get(module));
    }
}
