package io.gatehouse.kernel.jars;

import io.gatehouse.kernel.config.DurableFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker remembers of each plugin across restarts, in a small text file of the data directory. A file that cannot be read is
 * told and begun anew; one that cannot be written is told, and the memory then lasts until the broker ends. Used by one thread at a time.
 */
public final class PluginMemory {
    private static final Logger LOG = LoggerFactory.getLogger(PluginMemory.class);
    private static final long LARGEST = 4L << 20;

    private final Path file;
    private final Map<String, Remembered> plugins = new TreeMap<>();

    /** Reads the file, if it is there. */
    public PluginMemory(Path file) {
        this.file = file;
        read();
    }

    /** What is remembered of the plugin with this symbolic name. */
    public Remembered of(String symbolicName) {
        return plugins.getOrDefault(symbolicName, Remembered.NOTHING);
    }

    /** Changes what is remembered, on disk too. */
    public void update(String symbolicName, UnaryOperator<Remembered> change) {
        Remembered before = of(symbolicName);
        Remembered after = change.apply(before);
        if (!after.equals(before)) {
            plugins.put(symbolicName, after);
            write();
        }
    }

    /** Forgets a plugin. */
    public void forget(String symbolicName) {
        if (plugins.remove(symbolicName) != null) {
            write();
        }
    }

    /** The digests of all jars that somebody may want to go back to. */
    public Set<String> digests() {
        Set<String> digests = new HashSet<>();
        plugins.values().forEach(remembered -> digests.addAll(remembered.history()));
        return digests;
    }

    private void read() {
        Properties lines = new Properties();
        try {
            if (!Files.exists(file)) {
                return;
            }
            if (Files.size(file) > LARGEST) {
                throw new IOException("it is larger than 4 MiB");
            }
            try (Reader reader = Files.newBufferedReader(file)) {
                lines.load(reader);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.error(
                    "{} cannot be read ({}): which plugins were disabled or rolled back is forgotten",
                    file,
                    e.toString());
            return;
        }
        // Whatever is left of a file that was cut short counts: what was disabled stays disabled.
        lines.stringPropertyNames().stream()
                .filter(key -> key.indexOf('/') > 0)
                .map(key -> key.substring(key.indexOf('/') + 1))
                .forEach(name -> plugins.put(name, Remembered.read(lines, name)));
    }

    private void write() {
        Properties lines = new Properties();
        plugins.forEach((name, remembered) -> remembered.write(lines, name));
        StringWriter text = new StringWriter();
        try {
            lines.store(text, "What the broker remembers of its plugins; `gatehouse plugin` changes it.");
            DurableFile.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.error(
                    "{} cannot be written ({}): what was just decided lasts until the broker ends", file, e.toString());
        }
    }

    /**
     * What is remembered of one plugin.
     *
     * @param disabled true when an operator took it out of use
     * @param history the digests of the jars that ran, the last one first
     * @param rejected the digests of the jars that an operator rolled back
     * @param approved the digest of the jar that an operator approved of last, empty when none was
     */
    public record Remembered(boolean disabled, List<String> history, Set<String> rejected, String approved) {
        private static final int LONGEST = 5;
        private static final Remembered NOTHING = new Remembered(false, List.of(), Set.of(), "");

        public Remembered {
            history = List.copyOf(history);
            rejected = Set.copyOf(rejected);
        }

        /** The same, disabled or not. */
        public Remembered withDisabled(boolean value) {
            return new Remembered(value, history, rejected, approved);
        }

        /** The same with this jar as the last one that ran. */
        public Remembered ran(String sha256) {
            List<String> longer = Stream.concat(
                            Stream.of(sha256), history.stream().filter(other -> !other.equals(sha256)))
                    .limit(LONGEST)
                    .toList();
            return new Remembered(disabled, longer, rejected, approved);
        }

        /** The same after going back: these are not to run, and the last one that ran is no longer part of the history. */
        public Remembered rolledBack(Set<String> bad, List<String> older) {
            return new Remembered(disabled, older, bad, approved);
        }

        /** The same, with only those still rejected that are there. */
        public Remembered rejectingOnly(Set<String> present) {
            Set<String> still = new HashSet<>(rejected);
            still.retainAll(present);
            return new Remembered(disabled, history, still, approved);
        }

        /** The same with this jar approved of, even if it was rolled back before. */
        public Remembered approving(String sha256) {
            Set<String> others = new HashSet<>(rejected);
            others.remove(sha256);
            return new Remembered(disabled, history, others, sha256);
        }

        private static Remembered read(Properties lines, String name) {
            return new Remembered(
                    Boolean.parseBoolean(lines.getProperty("disabled/" + name)),
                    list(lines.getProperty("history/" + name, "")),
                    Set.copyOf(new HashSet<>(list(lines.getProperty("rejected/" + name, "")))),
                    lines.getProperty("approved/" + name, ""));
        }

        private void write(Properties lines, String name) {
            lines.setProperty("history/" + name, String.join(",", history));
            lines.setProperty("disabled/" + name, Boolean.toString(disabled));
            lines.setProperty("rejected/" + name, String.join(",", rejected));
            lines.setProperty("approved/" + name, approved);
        }

        private static List<String> list(String text) {
            return Stream.of(text.split(",", -1))
                    .filter(part -> part.matches("[0-9a-f]{64}"))
                    .toList();
        }
    }
}
