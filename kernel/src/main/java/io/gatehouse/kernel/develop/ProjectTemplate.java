package io.gatehouse.kernel.develop;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The project of a new plugin, made from the archetype's templates without Maven. Sources are put into the folders of their package. Reads
 * and writes files.
 */
public final class ProjectTemplate {
    private static final String RESOURCES = "archetype-resources";
    private static final List<String> SOURCES = List.of("src/main/java/", "src/test/java/");

    private ProjectTemplate() {}

    /**
     * Writes a project.
     *
     * @param archetype the jar of the archetype
     * @param target the folder of the project; files that are there already are not written
     * @param properties what stands for {@code ${name}} in texts and for {@code __name__} in names of files; with {@code package}
     * @return what was written, relative to the folder
     * @throws java.nio.file.FileAlreadyExistsException when a file is there already
     */
    public static List<Path> write(Path archetype, Path target, Map<String, String> properties) throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(archetype);
                Stream<Path> files = Files.walk(jar.getPath(RESOURCES))) {
            List<Path> written = new ArrayList<>();
            for (Path template : files.filter(Files::isRegularFile).sorted().toList()) {
                Path file = target.resolve(
                        place(jar.getPath(RESOURCES).relativize(template).toString(), properties));
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(
                        file,
                        TemplateText.render(Files.readString(template), properties),
                        StandardOpenOption.CREATE_NEW);
                written.add(target.relativize(file));
            }
            return List.copyOf(written);
        }
    }

    private static String place(String template, Map<String, String> properties) {
        String name = template;
        for (Map.Entry<String, String> property : properties.entrySet()) {
            name = name.replace("__" + property.getKey() + "__", property.getValue());
        }
        String folder = properties.getOrDefault("package", "").replace('.', '/') + "/";
        for (String sources : SOURCES) {
            if (name.startsWith(sources)) {
                return sources + folder + name.substring(sources.length());
            }
        }
        return name;
    }
}
