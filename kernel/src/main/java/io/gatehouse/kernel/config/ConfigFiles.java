package io.gatehouse.kernel.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for events in the folders of the configuration. Folders are watched rather than files, because editors and Kubernetes
 * replace files and links. Where the system has no events, waiting just takes its time. Used by one thread, except
 * {@link #state}, which any may call.
 */
final class ConfigFiles implements AutoCloseable {
    /** A folder in which something happens all the time is read nevertheless. */
    private static final int MAX_SETTLE_ROUNDS = 10;

    private final Installation installation;
    private final Duration settle;
    private final Map<Path, WatchKey> watched = new LinkedHashMap<>();
    private @Nullable WatchService events;
    private @Nullable WatchKey dataKey;

    ConfigFiles(Installation installation, Duration settle) {
        this.installation = installation;
        this.settle = settle;
    }

    /**
     * How the files look now.
     *
     * @param known files that were read the last time, which may lie anywhere
     */
    FilesState state(Collection<Path> known) {
        Set<Path> files = new LinkedHashSet<>();
        files.add(installation.configFile());
        files.add(SourceReader.overlay(installation));
        Path additions = SourceReader.additions(installation);
        files.add(additions);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(additions, "*.conf")) {
            entries.forEach(files::add);
        } catch (IOException | DirectoryIteratorException absent) {
            // Its look says so already.
        }
        files.addAll(known);
        return FilesState.of(files);
    }

    /** Waits until a file was touched and then all was quiet; false when the time is over, or for nothing of interest. */
    boolean awaitEvent(Duration atMost) throws InterruptedException {
        WatchService service = service();
        if (service == null) {
            Thread.sleep(atMost);
            return false;
        }
        WatchKey key = service.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (key == null) {
            return false;
        }
        boolean relevant = false;
        for (int round = 1; key != null; round++) {
            relevant |= isRelevant(key);
            key.reset();
            key = round < MAX_SETTLE_ROUNDS ? service.poll(settle.toNanos(), TimeUnit.NANOSECONDS) : null;
        }
        return relevant;
    }

    /** The data directory is full of files that change; of those only the overlay is configuration. */
    private boolean isRelevant(WatchKey key) {
        boolean data = key.equals(dataKey);
        Path overlay = SourceReader.overlay(installation).getFileName();
        return key.pollEvents().stream()
                .anyMatch(event -> !data || event.context() == null || overlay.equals(event.context()));
    }

    private @Nullable WatchService service() {
        if (events == null) {
            try {
                events = installation.configFile().getFileSystem().newWatchService();
            } catch (IOException | UnsupportedOperationException e) {
                return null;
            }
        }
        return events;
    }

    /**
     * Watches the folders that are there; one that was replaced meanwhile is watched anew. To be called before reading, so that no
     * edit falls between the reading and the waiting.
     */
    void watchFolders() {
        WatchService service = service();
        if (service == null) {
            return;
        }
        watched.values().removeIf(key -> !key.isValid());
        Path main = SourceReader.folder(installation);
        watch(service, main);
        watch(service, SourceReader.additions(installation));
        WatchKey data = watch(service, installation.data());
        // The data directory and the configuration may be one folder; then all of it counts.
        dataKey = data != null && data.equals(watch(service, main)) ? null : data;
    }

    private @Nullable WatchKey watch(WatchService service, Path folder) {
        try {
            Path real = folder.toRealPath();
            WatchKey known = watched.get(real);
            if (known != null) {
                return known;
            }
            WatchKey key = real.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            watched.put(real, key);
            return key;
        } catch (IOException absent) {
            // Not there yet, or no more watches to be had: the poll sees its files.
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
