package io.gatehouse.kernel.jars;

import io.gatehouse.kernel.jars.JarHeader.UnusableJar;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that operators fill. Each jar is copied into the {@link JarStore} once it can be read, and again when it looks different.
 * Used by one thread at a time; blocks on the disk.
 */
public final class JarFolder {
    private static final Logger LOG = LoggerFactory.getLogger(JarFolder.class);
    private static final int MOST_JARS = 1_000;

    /** A file that cannot be read and was touched less than this ago may still be being copied. */
    private static final Duration COPYING = Duration.ofSeconds(2);

    private final Path folder;
    private final JarStore store;
    private final InstantSource clock;
    private Map<Path, FolderJar> known = new HashMap<>();
    private boolean reported;

    /** The jars of this folder, copied into this store. */
    public JarFolder(Path folder, JarStore store, InstantSource clock) {
        this.folder = folder;
        this.store = store;
        this.clock = clock;
    }

    /** The folder itself. */
    public Path path() {
        return folder;
    }

    /** The jars that lie there now, by name; those that did not change since are not read again. */
    public List<FolderJar> jars() {
        Map<Path, FolderJar> now = new TreeMap<>();
        looks().forEach((path, look) -> {
            FolderJar before = known.get(path);
            now.put(path, before != null && before.look().equals(look) ? before : read(path, look));
        });
        known = now;
        return List.copyOf(now.values());
    }

    /** True when the folder looks different from what {@link #jars} gave last. */
    public boolean isChanged() {
        return !lastLooks().equals(looks());
    }

    private Map<Path, Look> lastLooks() {
        Map<Path, Look> last = new TreeMap<>();
        known.forEach((path, jar) -> last.put(path, jar.look()));
        return last;
    }

    /** True when this file was touched a moment ago, so that one cannot tell yet whether it is broken or half copied. */
    public boolean isFresh(FolderJar jar) {
        Instant touched = jar.look().modified().toInstant();
        return Duration.between(touched, clock.instant()).abs().compareTo(COPYING) < 0;
    }

    private FolderJar read(Path path, Look look) {
        if (Files.isDirectory(path)) {
            return new FolderJar(path, look, null, "it is a folder, not a jar: pack what is in it");
        }
        try {
            return new FolderJar(path, look, store.add(path), "");
        } catch (UnusableJar e) {
            return new FolderJar(path, look, null, e.sentence());
        } catch (IOException e) {
            return new FolderJar(path, look, null, "it cannot be copied (" + e + "): copy it again");
        }
    }

    /** A folder that cannot be read, such as one whose file system is not mounted for a moment, is as it was. */
    private Map<Path, Look> looks() {
        Map<Path, Look> looks = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, JarFolder::isJar)) {
            for (Path file : files) {
                Look look = look(file);
                if (look != null) {
                    looks.put(file, look);
                }
            }
            reported = false;
        } catch (IOException | DirectoryIteratorException e) {
            report(e);
            return lastLooks();
        }
        List<Path> tooMany = new ArrayList<>(looks.keySet()).subList(Math.min(MOST_JARS, looks.size()), looks.size());
        looks.keySet().removeAll(List.copyOf(tooMany));
        return looks;
    }

    private void report(Exception e) {
        if (!reported) {
            reported = true;
            LOG.error(
                    "{} cannot be read ({}), so that no plugin comes or goes: create it or make it readable",
                    folder,
                    e.toString());
        }
    }

    private static boolean isJar(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".jar") && !name.startsWith(".");
    }

    private static @Nullable Look look(Path file) {
        try {
            return look(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (IOException goneOrLost) {
            return lostLink(file);
        }
    }

    /** A link that leads nowhere, or in a circle; null when nothing is there at all. */
    private static @Nullable Look lostLink(Path file) {
        try {
            return look(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException gone) {
            return null;
        }
    }

    /** Null for what one cannot read to an end, such as a pipe. */
    private static @Nullable Look look(BasicFileAttributes attributes) {
        return attributes.isOther()
                ? null
                : new Look(
                        attributes.size(), attributes.lastModifiedTime(), Objects.toString(attributes.fileKey(), ""));
    }

    /**
     * One file of the folder.
     *
     * @param path of the file
     * @param look of it when it was read
     * @param jar its private copy, null when it is unusable
     * @param problem why it is unusable, else empty
     */
    public record FolderJar(Path path, Look look, @Nullable StoredJar jar, String problem) {

        /** Its name without the folder. */
        public String fileName() {
            return String.valueOf(path.getFileName());
        }
    }

    /** Enough to see that a file was edited or replaced. */
    public record Look(long size, FileTime modified, String fileKey) {}
}
