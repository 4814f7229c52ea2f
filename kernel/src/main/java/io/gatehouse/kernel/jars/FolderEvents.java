package io.gatehouse.kernel.jars;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until something happens in a folder. Where the system has no events, or the folder is not there, waiting just takes its time:
 * whoever waits looks for himself afterwards. Used by one thread.
 */
public final class FolderEvents implements AutoCloseable {
    private final Path folder;
    private final @Nullable WatchService events;
    private @Nullable WatchKey key;

    /** Events of this folder, which need not be there yet. */
    public FolderEvents(Path folder) {
        this.folder = folder;
        this.events = open(folder);
    }

    /** Waits for something to happen, at most this long. */
    public void await(Duration atMost) throws InterruptedException {
        watch();
        if (events == null) {
            Thread.sleep(atMost);
            return;
        }
        WatchKey signalled = events.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (signalled != null) {
            signalled.pollEvents();
            signalled.reset();
        }
    }

    /** Watches the folder that is there now; one that was replaced meanwhile is watched anew. */
    private void watch() {
        if (events == null || (key != null && key.isValid())) {
            return;
        }
        try {
            key = folder.toRealPath()
                    .register(
                            events,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException absent) {
            key = null;
        }
    }

    private static @Nullable WatchService open(Path folder) {
        try {
            return folder.getFileSystem().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    @Override
    public void close() {
        if (events != null) {
            try {
                events.close();
            } catch (IOException e) {
                // Nothing depends on it any more.
            }
        }
    }
}
