package io.gatehouse.kernel.plugin.folder;

import io.gatehouse.kernel.jars.JarFolder.FolderJar;
import io.gatehouse.kernel.jars.StoredJar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What lay in the plugins folder when somebody looked: the jars of each plugin, and the files that are none. Immutable. */
final class FolderContents {
    /** Of a folder that nobody has looked at yet. */
    static final FolderContents UNKNOWN = new FolderContents(List.of());

    private final List<FolderJar> files;
    private final Map<String, List<StoredJar>> plugins = new TreeMap<>();

    FolderContents(List<FolderJar> files) {
        this.files = List.copyOf(files);
        for (FolderJar file : files) {
            StoredJar jar = file.jar();
            if (jar != null) {
                plugins.computeIfAbsent(jar.symbolicName(), name -> new ArrayList<>())
                        .add(jar);
            }
        }
    }

    /** The names of all files, whether they can be read or not. */
    Set<String> fileNames() {
        return files.stream().map(FolderJar::fileName).collect(Collectors.toSet());
    }

    /** Files that are no plugin, or not yet. */
    List<FolderJar> unusable() {
        return files.stream().filter(file -> file.jar() == null).toList();
    }

    /** True when this file is there and no plugin, or not yet. */
    boolean isUnusable(String fileName) {
        return unusable().stream().anyMatch(file -> file.fileName().equals(fileName));
    }

    /** The symbolic names of all plugins, sorted. */
    Set<String> names() {
        return Collections.unmodifiableSet(plugins.keySet());
    }

    /** True when this plugin has a jar here. */
    boolean has(String symbolicName) {
        return plugins.containsKey(symbolicName);
    }

    /** The jars of one plugin, by file name; none when it is not here. */
    List<StoredJar> jarsOf(String symbolicName) {
        return Collections.unmodifiableList(plugins.getOrDefault(symbolicName, List.of()));
    }

    /** The jars of all plugins. */
    Stream<StoredJar> jars() {
        return plugins.values().stream().flatMap(Collection::stream);
    }

    /** The plugin's jar that has this file name. */
    Optional<StoredJar> file(String fileName) {
        return jars().filter(jar -> jar.fileName().equals(fileName)).findFirst();
    }
}
