package io.gatehouse.kernel.main;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data directory of one broker: created for its owner only, and locked for as long as the broker runs. */
final class DataDirectory implements AutoCloseable {
    private static final int FAILED = 1;
    private static final String LOCK = "gatehouse.lock";

    private final FileChannel channel;

    private DataDirectory(FileChannel channel) {
        this.channel = channel;
    }

    static DataDirectory open(Path data) throws StartFailure {
        try {
            create(data);
            FileChannel channel =
                    FileChannel.open(data.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StartFailure(
                        FAILED,
                        List.of(data + ": another broker uses this data directory; stop it, or give this one its own"
                                + " with --data DIR"));
            }
            return new DataDirectory(channel);
        } catch (IOException e) {
            throw new StartFailure(
                    FAILED,
                    List.of(data + ": the data directory cannot be used (" + e + "); make it writable for this user,"
                            + " or choose another with --data DIR"));
        }
    }

    private static void create(Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            Files.createDirectories(data.toAbsolutePath());
            if (data.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    /** Null when somebody else holds the lock, in this process or in another. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException held) {
            return null;
        }
    }

    /** Gives the lock back; the file stays, because removing it would race with the next broker. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
