package io.gatehouse.kernel.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the configuration's files and says when what they say has changed.
 *
 * <p>The listener is called when a reload has another outcome than the one before: another configuration, other errors or
 * warnings, or the end of errors. A broken edit is thus reported once and changes nothing. It is called by the watcher's own
 * virtual thread or by the caller of {@link #reloadNow}, never by two at a time; it may block, and edits meanwhile are read
 * afterwards. What it throws is logged and does not end the watching.
 */
public final class ConfigWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatcher.class);

    /** An edit is often several events; it is read when none came for this long. */
    private static final Duration SETTLE = Duration.ofMillis(200);

    /** Finds what the system sends no event for: network file systems, swapped folders, included files and secrets. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private final ConfigLoader loader;
    private final Consumer<ConfigResult> onChange;
    private final ConfigFiles files;
    private final Duration poll;
    private final Object reloading = new Object();

    // Guarded by reloading.
    private @Nullable ConfigResult last;
    private FilesState state = FilesState.UNKNOWN;

    private volatile @Nullable Thread thread;

    /** A watcher that does nothing before {@link #start}. */
    public ConfigWatcher(ConfigLoader loader, Installation installation, Consumer<ConfigResult> onChange) {
        this(loader, installation, onChange, SETTLE, POLL);
    }

    ConfigWatcher(
            ConfigLoader loader,
            Installation installation,
            Consumer<ConfigResult> onChange,
            Duration settle,
            Duration poll) {
        this.loader = loader;
        this.onChange = onChange;
        this.files = new ConfigFiles(installation, settle);
        this.poll = poll;
    }

    /** Starts to watch; what the files say now is what later edits are compared with. */
    public void start() {
        start(loader.load());
    }

    /**
     * Starts to watch; a difference to what is known already, because somebody edited a file since, is reported.
     *
     * @param known what {@link ConfigLoader#load} said when the broker started
     */
    public void start(ConfigResult known) {
        synchronized (reloading) {
            if (last != null) {
                throw new IllegalStateException("the watcher was started before");
            }
            last = known;
        }
        thread = Thread.ofVirtual().name("config-watcher").start(this::watch);
    }

    /** Reads the files now and calls the listener, on this thread, if there is something new. Blocks on the file system. */
    public void reloadNow() {
        synchronized (reloading) {
            ConfigResult before = last;
            // The state is taken first: an edit during the load makes the next look different, and is read again.
            FilesState now = files.state(before == null ? List.<Path>of() : before.files());
            ConfigResult result = loader.load();
            state = now;
            last = result;
            if (before == null || !sameOutcome(before, result)) {
                report(result);
            }
        }
    }

    private static boolean sameOutcome(ConfigResult a, ConfigResult b) {
        return a.errors().equals(b.errors())
                && a.warnings().equals(b.warnings())
                && Objects.equals(a.config(), b.config());
    }

    private void report(ConfigResult result) {
        try {
            onChange.accept(result);
        } catch (RuntimeException e) {
            LOG.error("The new configuration could not be taken over", e);
        }
    }

    private void watch() {
        try (ConfigFiles watched = files) {
            boolean look = true;
            while (!Thread.currentThread().isInterrupted()) {
                watched.watchFolders();
                if (look) {
                    reloadSafely();
                }
                look = watched.awaitEvent(poll) || hasChanged();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Watching goes on whatever a reload comes to. */
    private void reloadSafely() {
        try {
            reloadNow();
        } catch (RuntimeException e) {
            LOG.error("The configuration could not be read again", e);
        }
    }

    private boolean hasChanged() {
        synchronized (reloading) {
            return last == null || !state.equals(files.state(last.files()));
        }
    }

    /** Stops to watch. A listener that is being called is interrupted; nothing is called afterwards by the watcher's thread. */
    @Override
    public void close() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
