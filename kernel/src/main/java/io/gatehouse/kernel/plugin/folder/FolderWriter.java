package io.gatehouse.kernel.plugin.folder;

import io.gatehouse.kernel.jars.StoredJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;

/** Puts jars into the plugins folder, so that nobody sees half of one, and takes them out. Used by one thread at a time; blocks. */
final class FolderWriter {
    private final Path folder;

    FolderWriter(Path folder) {
        this.folder = folder;
    }

    /** Copies a jar into the folder under a name that nobody looks at, which is given; then it is to be put, or deleted. */
    Path prepare(StoredJar jar) throws IOException {
        Path incoming = folder.resolve("." + jar.fileName() + ".tmp");
        return Files.copy(jar.copy(), incoming, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Gives a prepared jar its name; a file that had it is gone. */
    void put(Path incoming, StoredJar jar) throws IOException {
        Files.move(
                incoming,
                folder.resolve(jar.fileName()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** The same, and the old ones are gone whatever their names. */
    void replace(Collection<StoredJar> old, Path incoming, StoredJar jar) throws IOException {
        put(incoming, jar);
        for (StoredJar other : old) {
            if (!other.fileName().equals(jar.fileName())) {
                delete(other);
            }
        }
    }

    /** Takes a jar out, if it is there. */
    void delete(StoredJar jar) throws IOException {
        Files.deleteIfExists(folder.resolve(jar.fileName()));
    }
}
