package io.gatehouse.kernel.jars;

import io.gatehouse.kernel.jars.JarHeader.UnusableJar;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Private copies of plugin jars, each under the SHA-256 of its content. What is judged, run and gone back to are these copies: a file in
 * the plugins folder may be overwritten at any moment. Used by one thread at a time; blocks on the disk.
 */
public final class JarStore {
    private static final Logger LOG = LoggerFactory.getLogger(JarStore.class);
    private static final String SUFFIX = ".jar";

    private final Path folder;

    /** A store in this folder, which is made when it is needed. */
    public JarStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Copies a jar into the store.
     *
     * @throws UnusableJar when it cannot be a plugin; nothing is kept then
     * @throws IOException when it cannot be copied
     */
    public StoredJar add(Path jar) throws UnusableJar, IOException {
        Files.createDirectories(folder);
        Path incoming = Files.createTempFile(folder, "incoming-", ".tmp");
        try {
            String sha256 = copy(jar, incoming);
            JarHeader header = JarHeader.read(incoming);
            Path copy = path(sha256);
            // Also over a copy that is there: it may have been cut short by a crash.
            Files.move(incoming, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new StoredJar(String.valueOf(jar.getFileName()), sha256, copy, header);
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    /** A jar that was stored before; empty when it is not there any more, or not what it was. */
    public Optional<StoredJar> find(String fileName, String sha256) {
        try {
            Path copy = path(sha256);
            if (!Files.exists(copy) || !copy(copy, null).equals(sha256)) {
                return Optional.empty();
            }
            return Optional.of(new StoredJar(fileName, sha256, copy, JarHeader.read(copy)));
        } catch (IOException | UnusableJar e) {
            return Optional.empty();
        }
    }

    /** Removes all copies but those with these digests. */
    public void keepOnly(Set<String> digests) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> !digests.contains(digest(file))).forEach(JarStore::delete);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} cannot be cleaned up ({})", folder, e.toString());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted ({})", file, e.toString());
        }
    }

    private static String digest(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
    }

    private Path path(String sha256) {
        return folder.resolve(sha256 + SUFFIX);
    }

    /** Reads a file to its end, into another one if there is a target, and gives the SHA-256 of what was read. */
    private static String copy(Path from, @Nullable Path to) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            OutputStream target = to == null ? OutputStream.nullOutputStream() : Files.newOutputStream(to);
            try (InputStream in = Files.newInputStream(from);
                    OutputStream out = new DigestOutputStream(target, digest)) {
                in.transferTo(out);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
