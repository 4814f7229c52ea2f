package io.gatehouse.kernel.main;

import io.gatehouse.kernel.config.Installation;
import java.util.List;
import java.util.Map;

/** A stub that starts nothing. */
public final class Gatehouse implements AutoCloseable {
    private Gatehouse() {}

    /** Always fails. */
    public static Gatehouse start(Installation installation, Map<String, String> environment) throws StartFailure {
        throw new StartFailure(1, List.of("this build has no broker: " + installation.home()));
    }

    public void awaitStop() throws InterruptedException {}

    @Override
    public void close() {}
}
