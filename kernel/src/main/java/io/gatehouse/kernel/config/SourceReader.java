package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.gatehouse.kernel.config.hocon.KeyIndex;
import io.gatehouse.kernel.config.hocon.KeyPath;
import io.gatehouse.kernel.config.hocon.KeyScanner;
import io.gatehouse.kernel.config.hocon.Position;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads everything an operator said, from the weakest word to the strongest: the file, {@code conf.d}, the overlay, {@code --set}.
 * Used once.
 */
final class SourceReader {
    private final Installation installation;
    private final Problems problems;
    private final HoconFiles files;
    private ConfigObject merged = ConfigFactory.empty().root();

    SourceReader(Installation installation, Problems problems) {
        this.installation = installation;
        this.problems = problems;
        this.files = new HoconFiles(folder(installation), problems);
    }

    /**
     * What was read.
     *
     * @param values all layers merged, without the defaults; not yet resolved
     * @param sources lowest priority first
     * @param files what was opened
     * @param folder the folder of the main file
     * @param complete whether no text had to be left out
     */
    record Sources(ConfigObject values, List<Source> sources, List<Path> files, Path folder, boolean complete) {}

    /** The folder of the main file: the one that includes may not leave. */
    static Path folder(Installation installation) {
        Path parent = installation.configFile().toAbsolutePath().getParent();
        return parent == null ? installation.configFile().toAbsolutePath() : parent;
    }

    /** The folder for additional files, beside the main one. */
    static Path additions(Installation installation) {
        return installation.configFile().resolveSibling("conf.d");
    }

    /** What the broker itself wrote at run time. */
    static Path overlay(Installation installation) {
        return installation.data().resolve("overlay.conf");
    }

    Sources read() {
        mainFile();
        for (Path file : additionalFiles()) {
            add(files.read(file));
        }
        Path overlay = overlay(installation);
        if (Files.exists(overlay)) {
            add(files.read(overlay));
        }
        installation.settings().forEach(this::set);
        return new Sources(merged, files.sources(), files.opened(), files.folder(), files.isComplete());
    }

    private void mainFile() {
        Path file = installation.configFile();
        if (Files.exists(file)) {
            add(files.read(file));
            return;
        }
        Source absent = new Source(file.toString(), files.nextRank(), KeyPath.ROOT, KeyIndex.EMPTY, false);
        files.add(absent);
        problems.error(
                absent.place(Position.START), "this file does not exist: create it, or name another one with --config");
    }

    private void add(ConfigObject stronger) {
        merged = stronger.withFallback(merged);
    }

    private List<Path> additionalFiles() {
        List<Path> found = new ArrayList<>();
        Path folder = additions(installation);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.conf")) {
            for (Path entry : entries) {
                // Editors keep their unsaved work in hidden files beside the real ones.
                if (!entry.getFileName().toString().startsWith(".") && found.size() <= HoconFiles.MAX_FILES) {
                    found.add(entry);
                }
            }
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (NotDirectoryException e) {
            problems.error(Place.whole(files.nextRank(), folder.toString()), "must be a folder of *.conf files");
        } catch (IOException | DirectoryIteratorException e) {
            problems.error(
                    Place.whole(files.nextRank(), folder.toString()), "this folder cannot be listed by this user");
        }
        found.sort(null);
        return found;
    }

    private void set(String setting) {
        int equals = setting.indexOf('=');
        String key = equals < 0 ? setting : setting.substring(0, equals).strip();
        Optional<List<String>> path = split(key);
        Source source = new Source(
                "--set " + key,
                files.nextRank(),
                KeyPath.ROOT,
                path.map(SourceReader::indexOf).orElse(KeyIndex.EMPTY),
                false);
        files.add(source);
        if (equals < 0) {
            problems.error(source.place(Position.START), "must be key=value");
        } else if (path.isEmpty()) {
            problems.error(source.place(Position.START), "`" + key + "` is not a key such as mqtt.max-packet-size");
        } else {
            value(setting.substring(equals + 1).strip(), source)
                    .map(value -> nest(value, path.get()))
                    .ifPresent(this::add);
        }
    }

    private static Optional<List<String>> split(String key) {
        try {
            List<String> path = ConfigUtil.splitPath(key);
            return path.size() > KeyScanner.MAX_DEPTH ? Optional.empty() : Optional.of(path);
        } catch (ConfigException | StackOverflowError notPath) {
            return Optional.empty();
        }
    }

    private static KeyIndex indexOf(List<String> path) {
        Map<KeyPath, List<Position>> keys = new HashMap<>();
        for (int i = 1; i <= path.size(); i++) {
            keys.put(new KeyPath(path.subList(0, i)), List.of(Position.START));
        }
        return new KeyIndex(keys, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Lists, sections and quoted texts are HOCON; everything else is taken as it stands, so that shells need no second quotes. */
    private Optional<ConfigValue> value(String text, Source source) {
        boolean hocon = (text.startsWith("[") && text.endsWith("]"))
                || (text.startsWith("{") && text.endsWith("}"))
                || (text.length() > 1 && text.startsWith("\"") && text.endsWith("\""));
        if (!hocon) {
            return Optional.of(ConfigValueFactory.fromAnyRef(text, source.name()));
        }
        String field = "value = " + text;
        return Optional.ofNullable(
                files.parse(field, source, KeyScanner.scan(field)).get("value"));
    }

    private static ConfigObject nest(ConfigValue value, List<String> path) {
        ConfigValue nested = value;
        for (String key : path.reversed()) {
            nested = ConfigFactory.empty().root().withValue(key, nested);
        }
        return (ConfigObject) nested;
    }
}
