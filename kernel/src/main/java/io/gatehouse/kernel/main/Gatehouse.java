package io.gatehouse.kernel.main;

import io.gatehouse.kernel.config.Installation;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A stub that starts nothing and waits. */
public final class Gatehouse implements AutoCloseable {
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Gatehouse() {}

    /** Fails when the home is not there. */
    public static Gatehouse start(Installation installation, Map<String, String> environment) throws StartFailure {
        if (!Files.isDirectory(installation.home())) {
            throw new StartFailure(78, List.of(installation.home() + ": no such directory"));
        }
        return new Gatehouse();
    }

    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
