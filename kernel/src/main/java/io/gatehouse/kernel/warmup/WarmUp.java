package io.gatehouse.kernel.warmup;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the virtual machine compile the broker's code before clients need it. Java begins by interpreting, and compiles what was called
 * some ten thousand times; without this, the first fleet that reconnects after a start, the first queue that is drained and the first
 * big subscription pay for that. One thread plays {@link Scenes} on a {@link Stage} of its own,
 * mostly waiting, and ends after some seconds.
 */
public final class WarmUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** Enough for the last of the compilers, which wants some thousand calls; each scene makes ten or more. */
    private static final int ROUNDS = 300;

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Thread thread = Thread.ofPlatform().name("warm-up").daemon().unstarted(this::play);
    private final int rounds;
    private volatile boolean closed;

    /** A warm-up that has not begun. */
    public WarmUp() {
        this(ROUNDS);
    }

    WarmUp(int rounds) {
        this.rounds = rounds;
    }

    /** Begins, and returns at once. */
    public WarmUp start() {
        thread.start();
        return this;
    }

    /** True from the start to the end. */
    boolean isRunning() {
        return thread.isAlive();
    }

    /** Ends it, done or not; waits for what is being played, a few milliseconds. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play() {
        long begin = System.nanoTime();
        try (Stage stage = new Stage()) {
            play(Scenes.on(stage), begin);
            LOG.info(
                    "Warmed up in {} s",
                    Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        } catch (IOException | RuntimeException e) {
            LOG.warn("The warm-up ended early; the broker is slower for a while and works as always", e);
        }
    }

    private void play(List<Scene> scenes, long begin) throws IOException {
        for (int round = 0; round < rounds; round++) {
            for (Scene scene : scenes) {
                if (closed || System.nanoTime() - begin > LONGEST.toNanos()) {
                    return;
                }
                scene.play();
            }
        }
    }
}
