package io.gatehouse.kernel.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the control socket of a data directory is: {@code <data>/run/gatehouse.sock}. The system takes no longer path than about a hundred
 * bytes; a data directory that lies deeper has its socket in a fresh folder below the temporary directory, and {@code <data>/run/socket}
 * says where. Whoever may enter {@code <data>/run} may control the broker, which is its owner and root.
 */
final class ControlSocket {
    /** {@code sun_path} holds 108 bytes on Linux and 104 on macOS, the last one being zero. */
    static final int MAX_PATH = 103;

    private static final String SOCKET = "gatehouse.sock";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

    private final Path data;
    private final Path folder;
    private final Path direct;
    private final Path pointer;
    private final Path temporary;

    /** @param temporary where a short path is to be had */
    ControlSocket(Path data, Path temporary) {
        this.data = data.toAbsolutePath().normalize();
        folder = this.data.resolve("run");
        direct = folder.resolve(SOCKET);
        pointer = folder.resolve("socket");
        this.temporary = temporary;
    }

    /** The folder for short paths: the user's run-time directory where the system has one, else the temporary directory. */
    static Path shortFolder() {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        Path folder = Path.of(runtime == null || runtime.isEmpty() ? System.getProperty("java.io.tmpdir") : runtime);
        return Files.isWritable(folder) ? folder : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /**
     * The address at which a broker of this data directory listens or would listen.
     *
     * @throws IOException when the pointer leads to a folder that somebody else can write to
     */
    UnixDomainSocketAddress address() throws IOException {
        Optional<Path> elsewhere = pointedAt();
        if (elsewhere.isEmpty()) {
            return UnixDomainSocketAddress.of(direct);
        }
        // Temporary folders get cleaned up; whoever then makes one of the same name must not hear our secrets.
        Path parent = elsewhere.get().getParent();
        if (parent != null && Files.exists(parent, LinkOption.NOFOLLOW_LINKS) && !ownedAsThePointer(parent)) {
            throw new IOException(
                    parent + " is not the broker's own folder: restart the broker to get a new control socket");
        }
        return UnixDomainSocketAddress.of(elsewhere.get());
    }

    private Optional<Path> pointedAt() throws IOException {
        if (!Files.exists(pointer, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Path.of(Files.readString(pointer, StandardCharsets.UTF_8).strip()));
        } catch (InvalidPathException broken) {
            throw new IOException(pointer + " does not hold a path: remove it and restart the broker", broken);
        }
    }

    private boolean ownedAsThePointer(Path parent) throws IOException {
        return !posix(parent)
                || (Files.getOwner(parent, LinkOption.NOFOLLOW_LINKS)
                                .equals(Files.getOwner(pointer, LinkOption.NOFOLLOW_LINKS))
                        && Files.getPosixFilePermissions(parent, LinkOption.NOFOLLOW_LINKS)
                                .equals(OWNER_ONLY));
    }

    /** True when this user may not look whether a broker is there. */
    boolean hidden() {
        return Stream.of(data, folder).anyMatch(place -> Files.exists(place) && !Files.isExecutable(place));
    }

    /** Makes the place ready for a new socket: closed to others, and without what a dead broker left. */
    UnixDomainSocketAddress prepare() throws IOException {
        Files.createDirectories(folder, permissions(folder, OWNER_ONLY));
        restrict(folder, OWNER_ONLY);
        remove();
        if (fits(direct)) {
            return UnixDomainSocketAddress.of(direct);
        }
        Path elsewhere = Files.createTempDirectory(temporary, "gatehouse-", permissions(temporary, OWNER_ONLY))
                .resolve(SOCKET);
        Files.writeString(pointer, elsewhere + "\n", StandardCharsets.UTF_8);
        restrict(pointer, OWNER_FILE);
        return UnixDomainSocketAddress.of(elsewhere);
    }

    /** True when the socket is not in the data directory because that path would be too long. */
    boolean elsewhere() {
        return !fits(direct);
    }

    /** Closes a bound socket file to others. */
    void restrict(UnixDomainSocketAddress bound) throws IOException {
        restrict(bound.getPath(), OWNER_FILE);
    }

    /** Takes the socket and its pointer away. */
    void remove() throws IOException {
        Files.deleteIfExists(direct);
        Optional<Path> elsewhere = pointedAt();
        Files.deleteIfExists(pointer);
        if (elsewhere.isPresent()) {
            removeQuietly(elsewhere.get());
        }
    }

    /** A folder that the system cleaned up, or that is not ours any more, is none of our business. */
    private static void removeQuietly(Path socket) {
        Path parent = socket.getParent();
        try {
            Files.deleteIfExists(socket);
            if (parent != null) {
                Files.deleteIfExists(parent);
            }
        } catch (IOException notOurs) {
            LOG.debug("An old control socket stays: {}", notOurs.toString());
        }
    }

    private static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH;
    }

    private static void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (posix(path)) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    private static FileAttribute<?>[] permissions(Path where, Set<PosixFilePermission> permissions) {
        return posix(where)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
